#pragma once

#include "core/base/Id.h"
#include "core/console/Console.h"
#include "core/console/Handlers.h"
#include "core/console/HashingViews.h"
#include "core/console/orders/Activity.h"
#include "core/console/orders/Alarms.h"
#include "core/console/orders/Backups.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Hashing.h"
#include "core/console/orders/Imports.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Mail.h"
#include "core/console/orders/MasterKey.h"
#include "core/console/orders/Members.h"
#include "core/console/orders/Passkeys.h"
#include "core/console/orders/Providers.h"
#include "core/console/orders/Refusals.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

#include <QSet>
#include <QTimer>

#include <algorithm>
#include <functional>

namespace warder::test {

/// As the console hands out a long list.
template <typename Row>
PageOf<Row> pageOf(const QList<Row> &rows, const QString &cursor, int limit)
{
    const qsizetype from = cursor.toInt();
    PageOf<Row> page {.rows = rows.mid(from, limit), .next = {}, .position = 0};
    if (from + limit < rows.size())
        page.next = QString::number(from + limit);
    return page;
}

/// The same of a list that can be read backwards (PageOf). A cursor is how many rows come before it, or a place, behind which are the rows
/// that `isBehind` says; a row's own place, `placeOf`, comes right behind it.
template <typename Row>
PageOf<Row> placedPageOf(const QList<Row> &rows, const auto &order, auto placeOf, auto isBehind)
{
    bool isNumber = false;
    qsizetype at = order.cursor.toInt(&isNumber);
    if (order.cursor.isEmpty())
        at = order.backwards ? rows.size() : 0;
    else if (!isNumber)
        at = std::ranges::count_if(rows, [&](const Row &row) { return !isBehind(placeOf(row), order.cursor); });
    if (!order.backwards)
        return pageOf(rows, QString::number(at), order.limit);
    const qsizetype from = qMax<qsizetype>(0, at - order.limit);
    return {.rows = rows.mid(from, at - from), .next = from > 0 ? placeOf(rows[from - 1]) : QString(), .position = 0};
}

/// Of a list with the newest first.
template <typename Row>
PageOf<Row> newestFirstPageOf(const QList<Row> &rows, const auto &order)
{
    const auto idOf = [](const QString &place) { return Id::fromString(place).value_or(Id {}); };
    return placedPageOf(
        rows, order, [](const Row &row) { return row.id.toString(); },
        [idOf](const QString &place, const QString &cursor) { return idOf(place) < idOf(cursor); });
}

/// A console in memory. Answers come in the next turn of the event loop, as the real one's do; they can be held back, or
/// fail. What was asked is written down.
class FakeConsole final : public Console
{
public:
    explicit FakeConsole(const Clock &clock);

    // What the answers say; tests write here.
    OverviewView overviewNow {.server = {}, .counts = OverviewCounts(), .signingKeySince = {}};
    QHash<qint64, QList<TrafficView>> traffic; ///< By window, in seconds.
    QList<TrendView> trends;
    QList<SessionView> sessionRows;          ///< Newest first.
    QHash<Id, QList<RefreshView>> refreshes; ///< By session, newest first; none of what is not in it.
    QList<UserView> userRows;                ///< By address.
    QList<ImportedUser> imported;            ///< What was added to imports, of all of them.
    UserImport importOutcome;                ///< What any import says, but for `added`.
    std::optional<qsizetype> reached;        ///< How many users a change of many comes to before it is stopped; nothing: all.
    QHash<Id, FactorsView> factors;          ///< By user; none of who is not in it.
    QList<RuleView> rules;
    QList<LimitPoint> history;    ///< Of any rule and time.
    DenialsView denials;          ///< Of any time.
    QList<HeldBackView> heldBack; ///< Of 24 hours; those of now are those that still wait.
    QList<BusyKeyView> busyKeys;  ///< Of any rule.
    QList<NetworkView> networks;
    QStringList selectors {QStringLiteral("login"), QStringLiteral("POST /login"), QStringLiteral("POST /token"), QStringLiteral("/me")};
    WhatIfView whatIf; ///< Of any rule.
    QList<KeyView> keyRows;
    QList<KeyConsumerView> consumers;
    MasterKeyView masterKey {
        .source = MasterKeySource::File, .place = QStringLiteral("the file /data/master.key"), .checkCode = QStringLiteral("8587-7295")};
    QList<SettingView> settingRows;
    QList<PasskeyHostView> passkeyHosts;
    HashingView hashing = viewOfHashing(HashingPolicy(), 8, 8);
    double microsecondsOfWork = 1; ///< What a hash takes for each KiB and pass, or for each 2^cost.
    BackupsView backups {.directory = QStringLiteral("/data/backups"), .every = Seconds {86'400}, .kept = 7}; ///< Newest first.
    RestorePreview restorePreview {.file = {}, .createdAt = {}, .digest = {}}; ///< Of any backup, whose file it gets.
    QString restoreProblem;     ///< What comes of any restore, or taking back; empty: it is done.
    QList<AlarmView> alarmRows; ///< Newest first.
    QList<MailView> mailRows;   ///< Newest first.
    MailOverview mailNow;       ///< Its counts are those of mailRows.
    MailTestView mailTest {.sent = true, .code = 250, .line = QStringLiteral("250 2.0.0 Ok: queued as 4FzQ"), .place = {}};
    MailPreview mailPreview;
    QList<ProviderView> providerRows;          ///< By label.
    QList<ProviderCheckView> providerSteps;    ///< What a test of any of them says.
    ProviderRemovalView removal;               ///< What any of them would take along.
    QHash<Id, QList<IdentityView>> identities; ///< By user.
    QList<ActivityView> activityRows;          ///< Newest first.
    QList<ActivityBreakView> activityBreaks;   ///< What a check of the record finds.
    RefusalView refusal {};                    ///< Of whatever is asked about.
    QList<RefusalView> refusalRows;            ///< Newest first.

    // What was asked, in words: "revokeSessions 3".
    QStringList asked;
    int askedCount(const QString &what) const { return int(asked.filter(what).size()); }

    /// Those of the core, as far as a form goes by them.
    static QList<ProviderPresetView> presets();
    /// What the rules say that a key in that state permits, if nothing it signed is alive (`isSpent`) or something is.
    static QList<KeyMoveView> movesIn(KeyState state, bool isSpent = false);

    void failNext(const QString &what, const Error &error);
    /// Until failNoMore().
    void failAlways(const QString &what, const Error &error);
    void failNoMore() { m_lasting.clear(); }
    /// From now on answers wait for release().
    void hold() { m_held = true; }
    void release();
    /// Of the newest RevokeShown, ChangeUsers, FinishImport, CreateBackup, PreviewRestore, RestoreBackup or TuneHashing, while it is held
    /// back.
    void reportProgress(int done, int all) { m_long->reportProgress(done, all); }
    bool wasCanceled() const { return m_long->isCanceled(); }

    /// Puts changes into the journal.
    void publish(const QList<Change> &changes);
    /// Puts records in front of the others, as the server numbers them, and tells of them.
    void record(const ActivityView &view);
    void runAway();

private:
    /// What is written down, and what is answered.
    template <typename Order>
    using Play = std::pair<QString, Result<typename Order::Answer>>;

    void carry(std::unique_ptr<Errand> errand) override { m_handlers.carry(std::move(errand)); }

    /// Tells its progress, and can be stopped.
    template <typename Order>
    static constexpr bool isLong = std::same_as<Order, RevokeShown> || std::same_as<Order, ChangeUsers> || std::same_as<Order, FinishImport>
                                   || std::same_as<Order, CreateBackup> || std::same_as<Order, PreviewRestore>
                                   || std::same_as<Order, RestoreBackup> || std::same_as<Order, TuneHashing>;

    template <typename Order>
    void teach(std::function<Play<Order>(const Order &)> play)
    {
        m_handlers.add<Order>([this, play = std::move(play)](std::unique_ptr<ErrandOf<Order>> errand) {
            const auto [what, value] = play(errand->order);
            std::shared_ptr<ErrandOf<Order>> shared = std::move(errand);
            if constexpr (isLong<Order>)
                m_long = shared;
            asked += what;
            const auto failure = failureOf(what.section(u' ', 0, 0));
            answer<Order>(std::move(shared), failure ? std::unexpected(*failure) : value);
        });
    }
    template <typename Order>
    void answer(std::shared_ptr<ErrandOf<Order>> errand, const Result<typename Order::Answer> &value)
    {
        const auto finish = [errand, value] { errand->answer(value); };
        if (m_held)
            m_waiting.append(finish);
        else
            QTimer::singleShot(0, &m_context, finish);
    }
    std::optional<Error> failureOf(const QString &what);
    void teachServer();
    void teachSettings();
    /// As the server does it: all or none; the keys of those that wait for a restart.
    Result<QStringList> store(const QList<SettingChoice> &choices);
    void teachSessions();
    void teachUsers();
    void teachUserChanges();
    void teachImports();
    void teachHashing();
    /// As the server does it, but for the measurement.
    Result<TuningView> stepOf(const TuneHashing &order) const;
    UsersChanged change(const ChangeUsers &order);
    void teachFactors();
    bool passkeysStay(const UserView &user) const;
    FactorsResetView resetFactors(UserView &user);
    void teachLimits();
    void teachRuleChanges();
    void teachNetworks();
    Result<RuleView> edited(const RuleWish &wish);
    /// The next order of that name fails, and changes nothing.
    bool isToFail(const QString &what) const { return m_failures.contains(what) || m_lasting.contains(what); }
    void teachAlarms();
    QList<AlarmView> alarmsShown(const QString &text, const QList<AlarmState> &states) const;
    int markAlarms(const MarkAlarms &order);
    void teachMail();
    /// Sets `state` of each that permits it; how many.
    Result<int> moveMails(const QList<Id> &mails, bool MailView::*permits, MailState state);
    void teachActivity();
    void teachRefusals();
    QList<ActivityView> shown(const ActivityFilter &filter) const;
    void teachProviders();
    void teachProviderChanges();
    Result<ProviderView> providerOf(const QString &name) const;
    void teachKeys();
    /// Those that wait for changes, if there are some or the question fails.
    void answerPolls();
    ServerView orderTo(const QString &what, ServerState state);
    QList<SessionView> shown(const SessionFilter &filter) const;
    QList<UserView> found(const UserFilter &filter) const;
    int end(const QList<Id> &ids);
    QList<Id> liveOf(const Id &user) const;
    bool endAllOf(const Id &user, std::optional<qint64> seen);
    KeyView rotate(KeyPurpose purpose);
    void teachKeyChanges();
    void teachMasterKey();
    void teachBackups();
    void teachRestores();
    Result<KeyView> keyOf(const QString &kid) const;
    KeyView put(const QString &kid, KeyState state);

    const Clock &m_clock;
    QObject m_context;
    QHash<QString, std::optional<Error>> m_failures;
    QHash<QString, std::optional<Error>> m_lasting;
    QList<std::function<void()>> m_waiting;
    QList<Change> m_journal;
    std::vector<std::shared_ptr<ErrandOf<ChangesSince>>> m_polls;
    std::shared_ptr<Errand> m_long;
    Handlers m_handlers;
    bool m_held = false;
    bool m_missed = false;
};

} // namespace warder::test
