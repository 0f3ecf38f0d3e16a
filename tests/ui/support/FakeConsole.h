#pragma once

#include "core/console/Console.h"

#include <QPromise>
#include <QSet>
#include <QTimer>

namespace warder::test {

/// A console in memory. Answers come in the next turn of the event loop, as the real one's do; they can be held back, or
/// fail. What was asked is written down.
class FakeConsole final : public Console
{
public:
    explicit FakeConsole(const Clock &clock) : m_clock(clock) {}

    // What the answers say; tests write here.
    OverviewView overviewNow;
    QStringList settingsWaiting; ///< What reloadServer() answers.
    QList<TrafficView> trafficNow;
    QList<SessionView> sessionRows; ///< Newest first.
    QList<UserView> userRows;       ///< By address.
    QList<RuleView> rules;
    QList<LimitPoint> history;
    QList<LimitedView> limited;
    QList<KeyView> keyRows;
    QList<SettingView> settingRows;

    // What was asked, in words: "revokeSessions 3".
    QStringList asked;
    int askedCount(const QString &what) const { return int(asked.filter(what).size()); }

    void failNext(const QString &what, const Error &error) { m_failures[what] = error; }
    /// Until failNoMore().
    void failAlways(const QString &what, const Error &error) { m_lasting[what] = error; }
    void failNoMore() { m_lasting.clear(); }
    /// From now on answers wait for release().
    void hold() { m_held = true; }
    void release();
    /// Of the newest revokeShown(), while it is held back.
    void tellProgress(int done, int all);
    bool wasCanceled() const { return m_ending->isCanceled(); }

    /// Puts changes into the journal.
    void tell(const QList<Change> &changes);
    void runAway() { m_missed = true; }

    Answer<OverviewView> overview() override;
    Answer<QList<TrafficView>> traffic(Seconds window) override;
    Answer<Changes> changesSince(quint64 position) override;
    Answer<ServerView> startServer() override;
    Answer<ServerView> stopServer() override;
    Answer<ServerView> pauseServer() override;
    Answer<ServerView> resumeServer() override;
    Answer<QStringList> reloadServer() override;
    Answer<PageOf<SessionView>> sessions(const SessionFilter &filter, const QString &cursor, int limit) override;
    Answer<int> revokeSessions(const QList<Id> &sessions) override;
    Answer<int> revokeShown(const SessionFilter &filter, qint64 seen) override;
    Answer<PageOf<UserView>> users(const QString &text, const QString &cursor, int limit) override;
    Answer<UserView> findUser(const QString &emailOrId) override;
    Answer<UserView> createUser(const NewUser &user) override;
    Answer<UserView> editUser(Id user, const UserEdit &edit) override;
    Answer<UserView> setUserDisabled(Id user, bool disabled) override;
    Answer<void> setUserPassword(Id user, const QString &password) override;
    Answer<void> removeUser(Id user) override;
    Answer<int> endSessionsOf(Id user) override;
    Answer<void> addToImport(Id import, const QList<ImportedUser> &users) override;
    Answer<UserImport> finishImport(Id import, const ImportOptions &options) override;
    Answer<QList<RuleView>> limitRules() override;
    Answer<QList<LimitPoint>> limitHistory(const QString &rule, Seconds window) override;
    Answer<QList<LimitedView>> limitedNow() override;
    Answer<void> unblock(const QString &rule, const QString &key) override;
    Answer<QList<KeyView>> keys() override;
    Answer<KeyView> rotateKey(const QString &purpose) override;
    Answer<KeyView> revokeKey(const QString &kid) override;
    Answer<QList<SettingView>> settings() override;
    Answer<SessionCounts> countSessions(const SessionFilter &filter) override;
    Answer<qint64> countUsers(const QString &text) override;

private:
    template <typename T>
    Answer<T> later(const QString &what, std::type_identity_t<Result<T>> value)
    {
        asked += what;
        if (const auto failure = m_failures.take(what.section(u' ', 0, 0)))
            value = std::unexpected(*failure);
        else if (const auto lasting = m_lasting.value(what.section(u' ', 0, 0)))
            value = std::unexpected(*lasting);
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        if constexpr (std::is_same_v<T, int>)
            m_ending = promise;
        const auto finish = [promise, value] {
            promise->addResult(value);
            promise->finish();
        };
        if (m_held)
            m_waiting.append(finish);
        else
            QTimer::singleShot(0, &m_context, finish);
        return promise->future();
    }
    ServerView orderTo(const QString &what, ServerState state);
    QList<SessionView> shown(const SessionFilter &filter) const;
    QList<UserView> found(const QString &text) const;
    int end(const QList<Id> &ids);

    const Clock &m_clock;
    QObject m_context;
    QHash<QString, std::optional<Error>> m_failures;
    QHash<QString, std::optional<Error>> m_lasting;
    QList<std::function<void()>> m_waiting;
    std::shared_ptr<QPromise<Result<int>>> m_ending;
    QList<Change> m_journal;
    bool m_held = false;
    bool m_missed = false;
};

} // namespace warder::test
