#include "core/net/HttpDate.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <chrono>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct DateText
{
    qint64 second = -1;
    std::string text = {};
};

std::string textOf(qint64 second)
{
    const auto time = QDateTime::fromSecsSinceEpoch(second, QTimeZone::UTC);
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toStdString();
}

} // namespace

const std::string &httpDate()
{
    thread_local DateText latest;
    const qint64 second = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch().count();
    if (second != latest.second)
        latest = {.second = second, .text = textOf(second)};
    return latest.text;
}

} // namespace warder
