// console-lists DATA-DIR [revoke]: how long the console's lists, counts and searches take on a seeded data directory, in milliseconds.

#include "app/cli/ConsoleAccess.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

void measure(const char *what, const std::function<qint64()> &ask)
{
    QElapsedTimer timer;
    timer.start();
    const qint64 found = ask();
    std::printf("%-44s %9.1f ms   %lld\n", what, double(timer.nsecsElapsed()) / 1e6, static_cast<long long>(found));
    std::fflush(stdout);
}

QByteArray peakMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return {};
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM"))
            return line;
    }
    return {};
}

void measureUsers(Console &console)
{
    for (const char *text : {"", "person00999742@example.com", "999742@", "JOSÉ ö", "мария", "li", "9", "nobody at all", "example.com"}) {
        const QString typed = QString::fromUtf8(text);
        measure(qPrintable(u"users \"%1\", first page"_s.arg(typed)),
                [&] { return ConsoleAccess::wait(console, console.ask(ListUsers {.text = typed, .limit = 200}))->rows.size(); });
        measure(qPrintable(u"users \"%1\", count"_s.arg(typed)),
                [&] { return *ConsoleAccess::wait(console, console.ask(CountUsers {.text = typed})); });
    }
}

void measureSessions(Console &console)
{
    for (int round = 0; round < 2; ++round) {
        for (const char *text : {"", "edge on windows", "person00000042", "203.0.11.", "nothing"}) {
            const SessionFilter filter {.text = QString::fromUtf8(text), .user = {}, .ended = false};
            measure(qPrintable(u"sessions \"%1\", first page"_s.arg(filter.text)),
                    [&] { return ConsoleAccess::wait(console, console.ask(ListSessions {.filter = filter, .limit = 200}))->rows.size(); });
            measure(qPrintable(u"sessions \"%1\", count"_s.arg(filter.text)),
                    [&] { return ConsoleAccess::wait(console, console.ask(CountSessions {.filter = filter}))->live; });
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 2)
        return 2;
    std::unique_ptr<ConsoleAccess> access;
    measure("open (migrates an older database)", [&] {
        access = ConsoleAccess::open({.dataDirectory = QString::fromLocal8Bit(argv[1]), .configFile = {}, .assignments = {}}, Settings(),
                                     Opening::Serve)
                     .value();
        return 0;
    });
    std::printf("%s\n", peakMemory().constData());
    Console &console = access->console();
    measure("overview", [&] { return ConsoleAccess::wait(console, console.ask(ReadOverview {}))->counts->users; });
    measureUsers(console);
    measureSessions(console);
    if (argc > 2)
        measure("revoke all shown", [&] {
            return *ConsoleAccess::wait(
                console,
                console.ask(RevokeShown {.filter = {}, .seen = ConsoleAccess::wait(console, console.ask(CountSessions {}))->live}));
        });
    std::printf("%s\n", peakMemory().constData());
    return 0;
}
