#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/config/Settings.h"
#include "core/console/orders/Users.h"
#include "core/signin/PasswordReset.h"
#include "core/storage/Database.h"
#include "tests/support/ConsoleWorld.h"
#include "tests/support/Mailbox.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What an admin sees and does about people who have yet to set their first password.
class TestInvitationOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void invite_isShown_andTold();
    void accepted_isShownAsAnyOther();
    void withoutMail_isNotConfigured();
    void record_saysWhoInvited();

private:
    Result<UserView> invite()
    {
        return got(m_w->console.ask(InviteUser {.user = {.email = u"ann@example.com"_s, .name = u"Ann"_s, .roles = {}}}));
    }
    UserView shown() { return got(m_w->console.ask(FindUser {.user = u"ann@example.com"_s})).value(); }

    std::unique_ptr<ConsoleWorld> m_w;
};

void TestInvitationOrders::invite_isShown_andTold()
{
    const quint64 before = m_w->journal.position();
    const auto made = invite();
    QCOMPARE(made->invitedAt, m_w->clock.now());
    QCOMPARE(shown(), made.value());
    QCOMPARE(shown().passwordScheme, QString());
    QList<UserView> told;
    for (const Change &change : m_w->journal.since(before).changes) {
        if (const auto *user = std::get_if<UserView>(&change))
            told += *user;
    }
    QCOMPARE(told, QList {made.value()});
    QCOMPARE(Mailbox(m_w->world).takeOne(MailKind::Invitation).to, u"ann@example.com"_s);
    QCOMPARE(invite().error().code, ErrorCode::EmailTaken);
}

void TestInvitationOrders::accepted_isShownAsAnyOther()
{
    QVERIFY(invite());
    const QByteArray token = Mailbox(m_w->world).takeOne(MailKind::Invitation).token;
    QVERIFY(m_w->world.core->passwordReset.finish(token, password, m_w->world.client, m_w->clock.now()));
    QVERIFY(!shown().invitedAt);
    QVERIFY(shown().emailVerified);
}

void TestInvitationOrders::withoutMail_isNotConfigured()
{
    const Id ann = invite()->id;
    m_w->world.core->settings.replace(Settings::load({{SettingSource::CommandLine, {}, u"mail.transport"_s, u"off"_s, {}}}).value());
    QCOMPARE(got(m_w->console.ask(ResendInvitation {.user = ann})).error().code, ErrorCode::NotConfigured);
    const auto refused = got(m_w->console.ask(InviteUser {.user = {.email = u"bob@example.com"_s, .name = {}, .roles = {}}}));
    QCOMPARE(refused.error().code, ErrorCode::NotConfigured);
    QVERIFY(!m_w->world.accounts.findByEmail(u"bob@example.com"_s)->has_value());
}

void TestInvitationOrders::record_saysWhoInvited()
{
    const Id ann = invite()->id;
    QVERIFY(got(m_w->console.ask(ResendInvitation {.user = ann})));
    const auto events = AuditStore::newest(m_w->world.database->reader(), ann, audit::userInvited, 9).value();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.first().actor, u"console"_s);
    QCOMPARE(AuditStore::newest(m_w->world.database->reader(), ann, audit::userCreated, 9)->size(), 1);
}

QTEST_GUILESS_MAIN(TestInvitationOrders)
#include "TestInvitationOrders.moc"
