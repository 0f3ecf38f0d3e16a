#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "core/config/Settings.h"
#include "core/credentials/FactorStore.h"
#include "core/signin/AccountDeletions.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::days;

/// An account that an admin has deleted: out of reach, and back, and gone.
class TestAccountDeletions : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void deletion_endsAllAndRefuses();
    void deletion_keepsTheAddress();
    void deletion_isListedByItself();
    void deletion_isNotChanged();
    void deletion_givenTwice_keepsItsDate();
    void restoring_givesItBackAsItWas_data();
    void restoring_givesItBackAsItWas();
    void restoring_isForDeletedOnes();
    void date_isThatOfTheDeletion();
    void removal_comesWhenItsTimeIsOver();
    void removal_isToldAndRecorded();
    void removal_worksInPieces();
    void admins_whoAreDeleted_areNotBare();

private:
    AccountDeletions &deletions() { return m_world->core->deletions; }
    User ann() { return m_world->accounts.findByEmail(u"ann@example.com"_s).value().value(); }
    qint64 recorded(Id user, QLatin1StringView type)
    {
        return AuditStore::newest(m_world->database->reader(), user, type, 100).value().size();
    }
};

void TestAccountDeletions::deletion_endsAllAndRefuses()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const auto deleted = deletions().markDeleted(pair->user.id, u"test"_s, m_clock.now());
    QCOMPARE(deleted->deletedAt, m_clock.now());
    QCOMPARE(deleted->goesAt, m_clock.now() + days {30});
    QVERIFY(!m_world->isGood(pair->accessToken));
    QVERIFY(!m_world->refresh(pair->refreshToken));
    QCOMPARE(m_world->login(u"ann@example.com"_s).error().code, ErrorCode::AccountDisabled);
    QCOMPARE(m_world->login(u"ann@example.com"_s, u"wrong"_s).error().code, ErrorCode::InvalidCredentials); // tells nobody else
    QCOMPARE(recorded(pair->user.id, audit::userDeleted), 1);
    QVERIFY(m_world->listener.names().contains(u"user changed"_s));
}

void TestAccountDeletions::deletion_keepsTheAddress()
{
    const User added = m_world->add(u"ann@example.com"_s);
    QVERIFY(deletions().markDeleted(added.id, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->join(u"Ann@example.com"_s).error().code, ErrorCode::EmailTaken);
    QCOMPARE(ann().id, added.id);
}

void TestAccountDeletions::deletion_isListedByItself()
{
    const User added = m_world->add(u"ann@example.com"_s, u"Ann Lee"_s);
    m_world->add(u"bob@example.com"_s);
    const auto emails = [this](const QString &text, bool deleted) {
        QStringList found;
        const auto page = m_world->accounts.page(text, {}, 50, deleted);
        for (const User &user : page->users)
            found += user.email;
        return found;
    };
    QVERIFY(deletions().markDeleted(added.id, u"test"_s, m_clock.now()));
    QCOMPARE(emails({}, false), QStringList {u"bob@example.com"_s});
    QCOMPARE(emails(u"ann"_s, false), QStringList());
    QCOMPARE(emails({}, true), QStringList {u"ann@example.com"_s});
    QCOMPARE(emails(u"LEE"_s, true), QStringList {u"ann@example.com"_s});
    QCOMPARE(emails(u"bob"_s, true), QStringList());
    QCOMPARE(m_world->accounts.count().value(), 1);
    QCOMPARE(m_world->accounts.count({}, true).value(), 1);
    QCOMPARE(m_world->accounts.count(u"example"_s).value(), 1);
    QCOMPARE(m_world->accounts.count(u"example"_s, true).value(), 1);
    QCOMPARE(m_world->accounts.idsOf({}, true).value(), QList<Id> {added.id});
    QCOMPARE(m_world->accounts.idsOf(u"ann"_s).value(), QList<Id>());
    QVERIFY(deletions().restore(added.id, u"test"_s, m_clock.now()));
    QCOMPARE(emails({}, false), (QStringList {u"ann@example.com"_s, u"bob@example.com"_s}));
    QCOMPARE(emails(u"lee"_s, false), QStringList {u"ann@example.com"_s});
    QCOMPARE(m_world->accounts.count().value(), 2);
    QCOMPARE(m_world->accounts.count({}, true).value(), 0);
}

void TestAccountDeletions::deletion_isNotChanged()
{
    const User added = m_world->add(u"ann@example.com"_s);
    QVERIFY(deletions().markDeleted(added.id, u"test"_s, m_clock.now()));
    AccountChanges &changes = m_world->changes;
    QCOMPARE(changes.setDisabled(added.id, false, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
    QCOMPARE(changes.edit(added.id, {.name = u"Ann"_s}, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
    QCOMPARE(changes.setPassword(added.id, u"a new long sentence", u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
    QVERIFY(changes.remove(added.id, u"test"_s, m_clock.now())); // for good, at once
    QCOMPARE(m_world->accounts.count({}, true).value(), 0);
}

void TestAccountDeletions::deletion_givenTwice_keepsItsDate()
{
    const User added = m_world->add(u"ann@example.com"_s);
    const auto first = deletions().markDeleted(added.id, u"test"_s, m_clock.now());
    m_clock.advance(days {3});
    QCOMPARE(deletions().markDeleted(added.id, u"test"_s, m_clock.now())->goesAt, first->goesAt);
    QCOMPARE(recorded(added.id, audit::userDeleted), 1);
    QCOMPARE(deletions().markDeleted(Id::create(m_clock.now()), u"test"_s, m_clock.now()).error().code, ErrorCode::NotFound);
}

void TestAccountDeletions::restoring_givesItBackAsItWas_data()
{
    QTest::addColumn<bool>("disabled");
    QTest::newRow("one that signed in") << false;
    QTest::newRow("one that was disabled") << true;
}

void TestAccountDeletions::restoring_givesItBackAsItWas()
{
    QFETCH(const bool, disabled);
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(!disabled || m_world->changes.setDisabled(pair->user.id, true, u"test"_s, m_clock.now()));
    const User before = ann();
    QVERIFY(deletions().markDeleted(before.id, u"test"_s, m_clock.now()));
    const auto restored = deletions().restore(before.id, u"test"_s, m_clock.now());
    QCOMPARE(*restored, ann());
    QCOMPARE(ann().disabled, disabled);
    QCOMPARE(ann().roles, before.roles);
    QVERIFY(!ann().deletedAt && !ann().goesAt);
    QCOMPARE(m_world->login(u"ann@example.com"_s).has_value(), !disabled);
    QVERIFY(!m_world->isGood(pair->accessToken)); // what has ended stays so
    QCOMPARE(recorded(before.id, audit::userRestored), 1);
}

void TestAccountDeletions::restoring_isForDeletedOnes()
{
    const User added = m_world->add(u"ann@example.com"_s);
    QCOMPARE(deletions().restore(added.id, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
    QCOMPARE(deletions().restore(Id::create(m_clock.now()), u"test"_s, m_clock.now()).error().code, ErrorCode::NotFound);
}

/// What somebody was told stays true, whatever the settings say later.
void TestAccountDeletions::date_isThatOfTheDeletion()
{
    const auto set = [this](const QString &value) {
        m_world->core->settings.replace(Settings::load({{SettingSource::CommandLine, {}, u"accounts.delete_after"_s, value, {}}}).value());
    };
    set(u"7d"_s);
    const User added = m_world->add(u"ann@example.com"_s);
    QCOMPARE(deletions().markDeleted(added.id, u"test"_s, m_clock.now())->goesAt, m_clock.now() + days {7});
    set(u"1d"_s);
    m_clock.advance(days {2});
    QCOMPARE(deletions().removeDue(m_clock.now()).value(), 0);
    set(u"0"_s);
    const User bob = m_world->add(u"bob@example.com"_s);
    QVERIFY(deletions().markDeleted(bob.id, u"test"_s, m_clock.now()));
    QCOMPARE(deletions().removeDue(m_clock.now()).value(), 1);
    QVERIFY(!m_world->accounts.findByEmail(u"bob@example.com"_s)->has_value());
}

void TestAccountDeletions::removal_comesWhenItsTimeIsOver()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(deletions().markDeleted(pair->user.id, u"test"_s, m_clock.now()));
    m_clock.advance(days {30} - Milliseconds {1});
    QCOMPARE(deletions().removeDue(m_clock.now()).value(), 0);
    m_clock.advance(Milliseconds {1});
    QCOMPARE(deletions().removeDue(m_clock.now()).value(), 1);
    QCOMPARE(deletions().removeDue(m_clock.now()).value(), 0);
    QVERIFY(!m_world->accounts.findByEmail(u"ann@example.com"_s)->has_value());
    QCOMPARE(m_world->accounts.count({}, true).value(), 0);
    for (const QString &table : {u"sessions"_s, u"credentials"_s, u"challenges"_s, u"user_search"_s})
        QCOMPARE(m_world->database->reader().number(u"SELECT count(*) FROM "_s + table).value(), 0);
    QCOMPARE(deletions().restore(pair->user.id, u"test"_s, m_clock.now()).error().code, ErrorCode::NotFound);
    QVERIFY(m_world->join(u"ann@example.com"_s)); // the address is free again
}

void TestAccountDeletions::removal_isToldAndRecorded()
{
    const User added = m_world->add(u"ann@example.com"_s);
    QVERIFY(deletions().markDeleted(added.id, u"test"_s, m_clock.now()));
    m_clock.advance(days {31});
    QCOMPARE(deletions().removeDue(m_clock.now()).value(), 1);
    QCOMPARE(m_world->listener.names().last(), u"user removed"_s);
    const auto events = AuditStore::newest(m_world->database->reader(), added.id, audit::userRemoved, 9).value();
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().actor, u"system"_s);
    QCOMPARE(events.first().details["email"_L1].toString(), u"ann@example.com"_s);
}

void TestAccountDeletions::removal_worksInPieces()
{
    constexpr int many = AccountDeletions::removedAtOnce + 3;
    for (int i = 0; i < many; ++i)
        QVERIFY(deletions().markDeleted(m_world->add(u"u%1@example.com"_s.arg(i)).id, u"test"_s, m_clock.now()));
    m_clock.advance(days {31});
    QCOMPARE(deletions().removeDue(m_clock.now()).value(), AccountDeletions::removedAtOnce);
    QCOMPARE(deletions().removeDue(m_clock.now()).value(), 3);
}

void TestAccountDeletions::admins_whoAreDeleted_areNotBare()
{
    const User added = m_world->add(u"ann@example.com"_s);
    QVERIFY(m_world->changes.edit(added.id, {.addRoles = {u"admin"_s}}, u"test"_s, m_clock.now()));
    QCOMPARE(FactorStore::countBareAdmins(m_world->database->reader(), u"localhost"_s).value(), 1);
    QVERIFY(deletions().markDeleted(added.id, u"test"_s, m_clock.now()));
    QCOMPARE(FactorStore::countBareAdmins(m_world->database->reader(), u"localhost"_s).value(), 0);
}

QTEST_GUILESS_MAIN(TestAccountDeletions)
#include "TestAccountDeletions.moc"
