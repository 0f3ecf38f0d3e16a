// console-window DATA-DIR [SECONDS]: what the window costs on a seeded data directory, as JSON: until it is first painted; and, for so many
// seconds on each page, while nothing happens, while its list is scrolled, while somebody types in its filter, and while ten thousand
// changes a second come: the longest turn of the GUI thread's event loop (its own CPU time), how many were longer than a frame, and the
// shares of a core that it and the whole process take, without whoever makes the changes.

#include "core/assembly/Core.h"
#include "core/audit/AuditStore.h"
#include "core/config/Settings.h"
#include "core/console/ChangeJournal.h"
#include "core/console/Console.h"
#include "core/console/ServerControl.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/storage/DataDirectory.h"
#include "core/storage/Database.h"
#include "tests/bench/Hands.h"
#include "tests/support/CpuTime.h"
#include "ui/Desktop.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/Page.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QFutureWatcher>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int changesASecond = 10'000;
constexpr std::chrono::milliseconds step {10};
constexpr int changesInStep = changesASecond / 100;
constexpr int stepsOfRecords = 10;
constexpr int recordsAtOnce = 100;
constexpr int sessionsRefreshed = 5'000; ///< Of those that change, the newest.
constexpr double frame = 16;             ///< Milliseconds.

/// Says that it listens.
class StillServer final : public ServerControl
{
public:
    ServerView view() const override
    {
        ServerView view;
        view.state = ServerState::Running;
        view.url = u"http://127.0.0.1:8000"_s;
        view.startedAt = SystemClock().now();
        return view;
    }
    Result<void> start() override { return {}; }
    Result<void> usePort(quint16) override { return {}; }
    Result<void> stop() override { return {}; }
    Result<void> pause() override { return {}; }
    Result<void> resume() override { return {}; }
    Result<QStringList> reload() override { return QStringList(); }
    Result<QStringList> storeSettings(const QList<SettingChoice> &) override { return QStringList(); }
};

/// The CPU time between two looks for events. GUI thread.
struct Turns
{
    double last = threadMilliseconds();
    double longest = 0;
    int tooLong = 0; ///< How many took longer than a frame.

    void note()
    {
        const double now = threadMilliseconds();
        longest = std::max(longest, now - last);
        tooLong += now - last > frame ? 1 : 0;
        last = now;
    }
};

/// When a widget was first painted.
class FirstPaint final : public QObject
{
public:
    explicit FirstPaint(const QElapsedTimer &since) : m_since(since) {}
    double milliseconds() const { return m_painted; }

private:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_painted == 0)
            m_painted = double(m_since.nsecsElapsed()) / 1e6;
        return false;
    }

    const QElapsedTimer &m_since;
    double m_painted = 0;
};

void runFor(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

QList<SessionView> newestSessions(Console &console)
{
    QList<SessionView> sessions;
    QString cursor;
    do {
        const auto answer = console.ask(ListSessions {.cursor = cursor, .limit = 500});
        QFutureWatcher<void> watcher;
        QEventLoop loop;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(QFuture<void>(answer));
        if (!answer.isFinished())
            loop.exec();
        const auto page = answer.result().value();
        sessions += page.rows;
        cursor = page.next;
    } while (!cursor.isEmpty() && sessions.size() < sessionsRefreshed);
    return sessions;
}

/// Ten thousand changes a second while it lives: sessions that are refreshed, opened and ended, and a thousand records.
class ChangeMaker final
{
public:
    ChangeMaker(ChangeJournal &journal, Database &database, const QList<SessionView> &sessions)
        : m_journal(journal), m_database(database), m_sessions(sessions)
    {}

    /// Milliseconds of CPU that it has taken. Once it has ended.
    double stop()
    {
        m_stopping = true;
        m_thread.join();
        return m_cost;
    }

private:
    void work()
    {
        int steps = 0;
        for (auto next = std::chrono::steady_clock::now(); !m_stopping; next += step) {
            std::this_thread::sleep_until(next);
            for (int i = 0; i < changesInStep; ++i)
                m_journal.record(change());
            if (++steps % stepsOfRecords == 0)
                AuditStore::record(m_database, records());
        }
        m_cost = threadMilliseconds();
    }

    Change change()
    {
        const auto kind = m_count++ % 10;
        const TimePoint now = SystemClock().now();
        SessionView session = m_sessions.isEmpty() ? SessionView() : m_sessions.at(m_count * 7919LL % m_sessions.size());
        if (kind == 0 || kind > 3) {
            session.generation = m_count;
            session.lastSeenAt = now;
            return session;
        }
        if (kind == 1) {
            m_opened = session.id = Id::create(now);
            session.openedAt = session.lastSeenAt = now;
            session.expiresAt = now + std::chrono::days {14};
            return session;
        }
        if (kind == 2)
            return UserSignedIn {.id = session.userId, .at = now};
        return SessionGone {.id = m_opened, .reason = u"logout"_s, .at = now};
    }

    /// Whose numbers the journal tells.
    QList<AuditEvent> records() const
    {
        AuditEvent event {.at = SystemClock().now(), .type = audit::loginSucceeded, .actor = u"user"_s};
        if (!m_sessions.isEmpty())
            event.subject = m_sessions.first().userId;
        return QList<AuditEvent>(recordsAtOnce, event);
    }

    ChangeJournal &m_journal;
    Database &m_database;
    const QList<SessionView> m_sessions;
    qint64 m_count = 0;
    Id m_opened;
    double m_cost = 0;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread {[this] { work(); }};
};

/// What `stop` says was taken by somebody else.
template <typename Stop>
QJsonObject watch(Turns &turns, std::chrono::milliseconds time, const Stop &stop)
{
    QElapsedTimer timer;
    timer.start();
    const double gui = threadMilliseconds();
    const double all = cpuMilliseconds();
    turns = {};
    runFor(time);
    const double passed = double(timer.nsecsElapsed()) / 1e6;
    const double guiTook = threadMilliseconds() - gui;
    const Turns counted = turns;
    const double other = stop();
    return {{u"longest turn, ms"_s, counted.longest},
            {u"turns of more than a frame"_s, counted.tooLong},
            {u"GUI thread, share of a core"_s, guiTook / passed},
            {u"process, share of a core"_s, (cpuMilliseconds() - all - other) / passed}};
}

/// The list that gives the page its name; null: it has none, or nothing is in it.
DataTable *listOf(const Page &page)
{
    for (DataTable *table : page.findChildren<DataTable *>()) {
        if (table->accessibleName() == page.title() && table->isVisible() && table->model()->rowCount() > 0)
            return table;
    }
    return nullptr;
}

/// What a person does on the page.
void watchHands(const Page &page, Turns &turns, std::chrono::milliseconds time, QJsonObject &measured)
{
    using namespace std::chrono_literals;
    const auto nobody = [] { return 0.0; };
    if (DataTable *list = listOf(page)) {
        const Hands hands(*list, scrollingKeys(), 40ms);
        measured[page.objectName() + u", scrolling"_s] = watch(turns, time, nobody);
    }
    if (auto *filter = page.findChild<FilterBox *>()) {
        {
            const Hands hands(*filter, typingKeys(), 120ms);
            measured[page.objectName() + u", typing"_s] = watch(turns, time, nobody);
        }
        filter->clear();
        runFor(1s); // what is left to ask
        if (!filter->text().isEmpty())
            qFatal("what follows would be measured on a part of the list");
    }
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    const QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    if (argc < 2)
        return 2;
    const std::chrono::seconds each {argc > 2 ? std::atoi(argv[2]) : 4};
    const CryptoLibraries libraries;
    const SystemClock clock;
    const auto core = Core::open(DataDirectory::open(QString::fromLocal8Bit(argv[1])).value(), Settings {}, clock).value();
    StillServer server;
    const auto console = core->console(server, u"console"_s);
    const QTemporaryDir folder;
    QSettings memory(folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    FirstPaint firstPaint(sinceStart);
    Turns turns;
    Desktop desktop({.console = *console, .clock = clock, .memory = memory});
    const auto *events = QAbstractEventDispatcher::instance();
    const auto note = [&turns] { turns.note(); };
    QObject::connect(events, &QAbstractEventDispatcher::aboutToBlock, &desktop, note);
    QObject::connect(events, &QAbstractEventDispatcher::awake, &desktop, note); // it looks, too, where it need not wait
    desktop.window().installEventFilter(&firstPaint);
    desktop.open();
    runFor(each);
    QJsonObject measured {{u"first paint, ms"_s, firstPaint.milliseconds()}, {u"longest turn of the start, ms"_s, turns.longest}};
    const QList<SessionView> sessions = newestSessions(*console);
    Pages &pages = desktop.window().pages();
    for (int page = 0; page < pages.titles().size(); ++page) {
        pages.showPageAt(page);
        runFor(std::chrono::seconds {2});
        const QString name = pages.current().objectName();
        measured[name + u", idle"_s] = watch(turns, each, [] { return 0.0; });
        watchHands(pages.current(), turns, each, measured);
        ChangeMaker changes(core->journal, *core->database, sessions);
        measured[name + u", busy"_s] = watch(turns, each, [&changes] { return changes.stop(); });
        runFor(std::chrono::seconds {1}); // what is left to tell
    }
    std::printf("%s\n", QJsonDocument(measured).toJson(QJsonDocument::Compact).constData());
    return 0;
}
