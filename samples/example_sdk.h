/* Example Vision SDK 9.9 - a fictional vendor, a fictional header. */
#pragma once

/* thread-safe: no race condition between the decoder and the callback */
typedef int (*EX_CALLBACK)(void *user);

// 肤色类型
typedef enum {
    EX_SKIN_UNKNOWN = 0, // 未知
    EX_SKIN_YELLOW,      // 黄色皮肤
    EX_SKIN_BLACK,       // 黑色皮肤
    EX_SKIN_WHITE        // 白色皮肤
} EX_SKIN_TYPE;

// 人脸属性
typedef struct {
    unsigned char byAge;        // 年龄
    unsigned char bySex;        // 性别
    unsigned char byGlasses;    // 是否戴眼镜
    unsigned char byMinority;   // 是否少数民族 0-未知 1-是 2-否
    EX_SKIN_TYPE  emSkin;       // 肤色
    unsigned char byReserved[8];
} EX_FACE_ATTR;

// 身份证读卡信息
typedef struct {
    char szName[32];    // 姓名
    char szNation[16];  // 民族
    char szAddress[64]; // 住址
    char szIssuer[64];  // 签发机关
} EX_IDCARD_INFO;
