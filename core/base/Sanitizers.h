#pragma once

/// Whether the compiler puts a sanitizer in, for `#if`: WARDER_SANITIZED(address), WARDER_SANITIZED(thread). Compilers that do not
/// say (gcc before 14) are taken to put none in.
#ifdef __has_feature
#define WARDER_SANITIZED(what) __has_feature(what##_sanitizer)
#else
#define WARDER_SANITIZED(what) 0
#endif
