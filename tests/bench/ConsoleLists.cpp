// console-lists DATA-DIR [revoke]: how long the console's lists, counts and searches take on a seeded data directory, in milliseconds, as
// JSON; with `revoke` also the memory before and after many sessions are ended. It ends them.

#include "app/cli/ConsoleAccess.h"
#include "core/console/orders/Activity.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

constexpr int pageRows = 200;
constexpr int betweenKeys = 120; ///< Milliseconds of somebody who types fast.

QJsonObject measured;

void measure(const QString &what, const std::function<void()> &ask)
{
    QElapsedTimer timer;
    timer.start();
    ask();
    measured[what] = double(timer.nsecsElapsed()) / 1e6;
}

template <typename Order>
auto answerTo(Console &console, const Order &order)
{
    return ConsoleAccess::wait(console, console.ask(order)).value();
}

double residentMebibytes()
{
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ').value(1).toDouble() * double(::sysconf(_SC_PAGESIZE)) / 1048576;
}

/// Letter by letter, each question taken back when the next letter comes; the time from the last one to its rows.
template <typename Order>
void measureTyping(Console &console, const QString &what, const QString &text, const std::function<Order(const QString &)> &orderFor)
{
    Answer<typename Order::Answer> last;
    for (qsizetype letters = 1; letters <= text.size(); ++letters) {
        last.cancel();
        if (letters > 1)
            QThread::msleep(betweenKeys);
        last = console.ask(orderFor(text.first(letters)));
    }
    measure(what + u", typed"_s, [&] { (void)ConsoleAccess::wait(console, last).value(); });
}

void measureUsers(Console &console)
{
    for (const bool deleted : {false, true}) {
        const QString list = deleted ? u"deleted users"_s : u"users"_s;
        for (const QString &text : {u""_s, u"person00004242@example.com"_s, u"4242@"_s, u"JOSÉ ö"_s, u"мария"_s, u"li"_s, u"9"_s, u"q"_s,
                                    u"qx"_s, u"nobody at all"_s, u"example.com"_s}) {
            const QString what = u"%1 “%2”"_s.arg(list, text);
            measure(what, [&] { (void)answerTo(console, ListUsers {.text = text, .deleted = deleted, .limit = pageRows}); });
            measure(what + u", count"_s, [&] { (void)answerTo(console, CountUsers {.text = text, .deleted = deleted}); });
        }
    }
    for (const QString &text : {u"person00004242@example.com"_s, u"nobody at all"_s})
        measureTyping<ListUsers>(console, u"users “%1”"_s.arg(text), text,
                                 [](const QString &typed) { return ListUsers {.text = typed, .limit = pageRows}; });
}

void measureSessions(Console &console)
{
    measure(u"sessions, the first search of all"_s, [&] { (void)answerTo(console, CountSessions {.filter = {.text = u"edge"_s}}); });
    for (const QString &text : {u""_s, u"edge on windows"_s, u"person00000042"_s, u"203.0.11."_s, u"q"_s, u"nothing"_s}) {
        const QString what = u"sessions “%1”"_s.arg(text);
        measure(what, [&] { (void)answerTo(console, ListSessions {.filter = {.text = text}, .limit = pageRows}); });
        measure(what + u", count"_s, [&] { (void)answerTo(console, CountSessions {.filter = {.text = text}}); });
    }
    measureTyping<ListSessions>(console, u"sessions “edge on windows”"_s, u"edge on windows"_s,
                                [](const QString &typed) { return ListSessions {.filter = {.text = typed}, .limit = pageRows}; });
}

void measureActivity(Console &console)
{
    struct Question
    {
        QString name;
        ActivityFilter filter;
    };
    const QList<Question> questions {
        {.name = u"everything"_s, .filter = {}},
        {.name = u"one of ten types"_s, .filter = {.types = {u"login_failed"_s}}},
        {.name = u"a type of nobody"_s, .filter = {.types = {u"settings_changed"_s}}},
        {.name = u"a person"_s, .filter = {.user = u"person00000042@example.com"_s}},
        {.name = u"an address"_s, .filter = {.address = u"203.0.0.42"_s}},
        {.name = u"an address of nobody"_s, .filter = {.address = u"198.51.100.1"_s}},
        {.name = u"an address and a type of nobody"_s, .filter = {.types = {u"settings_changed"_s}, .address = u"203.0.0.42"_s}},
    };
    for (const auto &[name, filter] : questions) {
        measure(u"activity, %1"_s.arg(name), [&] { (void)answerTo(console, ListActivity {.filter = filter, .limit = pageRows}); });
        measure(u"activity, %1, count"_s.arg(name), [&] { (void)answerTo(console, CountActivity {.filter = filter}); });
    }
}

/// Some, page by page as somebody would choose them, and then all that are left.
void measureRevocations(Console &console, qint64 some)
{
    measured[u"memory before a revocation, MiB"_s] = residentMebibytes();
    qint64 ended = 0;
    while (ended < some) {
        QList<Id> chosen;
        for (const SessionView &session : answerTo(console, ListSessions {.limit = 500}).rows)
            chosen += session.id;
        if (chosen.isEmpty())
            break;
        ended += answerTo(console, RevokeSessions {.sessions = chosen});
    }
    measured[u"memory after %1, MiB"_s.arg(ended)] = residentMebibytes();
    const qint64 left = answerTo(console, CountSessions {}).live;
    measure(u"revoke all shown"_s, [&] { (void)answerTo(console, RevokeShown {.filter = {}, .seen = left}); });
    measured[u"memory after all, MiB"_s] = residentMebibytes();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 2)
        return 2;
    std::unique_ptr<ConsoleAccess> access;
    measure(u"open"_s, [&] {
        access = ConsoleAccess::open({.dataDirectory = QString::fromLocal8Bit(argv[1]), .configFile = {}, .assignments = {}}, Settings(),
                                     Opening::Serve)
                     .value();
    });
    Console &console = access->console();
    measure(u"overview"_s, [&] { (void)answerTo(console, ReadOverview {}); });
    measureUsers(console);
    measureSessions(console);
    measureActivity(console);
    measured[u"memory, MiB"_s] = residentMebibytes();
    if (argc > 2)
        measureRevocations(console, 30'000);
    std::printf("%s\n", QJsonDocument(measured).toJson(QJsonDocument::Compact).constData());
    return 0;
}
