#include "core/net/HttpDate.h"

#include <chrono>
#include <format>

namespace warder {

const std::string &httpDate()
{
    thread_local std::chrono::sys_seconds second {};
    thread_local std::string text;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (now != second)
        text = std::format("{:%a, %d %b %Y %T} GMT", now);
    second = now;
    return text;
}

} // namespace warder
