// Fictional SDK header. Implements DB99/T 0001-2030.
typedef struct {
    int  nAge;        // age of the detected face
    char szSkinColor; // 肤色: 1 白 2 黑 3 黄 4 棕
    char szEthnic[3]; // 人脸民族代码
} EX_FACE_RESULT;
