#pragma once
#include <sqlite3.h>

// SQLITE_TRANSIENT is a macro with a cast, which Swift does not import.
static inline int csqlite_bind_text(sqlite3_stmt *s, int i, const char *t, int n) {
  return sqlite3_bind_text(s, i, t, n, SQLITE_TRANSIENT);
}
static inline int csqlite_bind_blob(sqlite3_stmt *s, int i, const void *b, int n) {
  return sqlite3_bind_blob(s, i, b, n, SQLITE_TRANSIENT);
}

// Variadic (sqlite3_db_config) and a macro of macros, which Swift does not import either.
static inline int csqlite_leave_log_on_close(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
// The files that a connection holds open: to open one beside it and close that again would let go of the connection's locks
// (sqlite.org/howtocorrupt.html, 2.2). Returns the number of bytes read, -1 when there is no such file.
static inline sqlite3_int64 csqlite_file_size(sqlite3 *db, int log) {
  sqlite3_file *file = 0;
  sqlite3_int64 size = -1;
  if (sqlite3_file_control(db, "main", log ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      !file || !file->pMethods || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
    return -1;
  return size;
}
static inline int csqlite_file_read(sqlite3 *db, int log, void *bytes, int count, sqlite3_int64 offset) {
  sqlite3_file *file = 0;
  if (sqlite3_file_control(db, "main", log ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      !file || !file->pMethods)
    return SQLITE_ERROR;
  return file->pMethods->xRead(file, bytes, count, offset);
}
static const int csqlite_readonly_dbmoved = SQLITE_READONLY_DBMOVED;
