#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/mail/MailPreviewDialog.h"
#include "ui/mail/MailTestDialog.h"
#include "ui/providers/ProviderCheckDialog.h"
#include "ui/providers/ProviderDialogs.h"
#include "ui/users/UserDialogs.h"
#include "ui/widgets/FormDialog.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

#include <initializer_list>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Renders what has to do with mails and providers as people will see it, for people to look at; fails when a label does not fit its place.
class TestMailScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void mails_fit_data();
    void mails_fit();
    void preview_fits_data();
    void preview_fits();
    void testMail_fits_data();
    void testMail_fits();
    void addProvider_fits_data();
    void addProvider_fits();
    void editProvider_fits_data();
    void editProvider_fits();
    void check_fits_data();
    void check_fits();
    void identities_fit_data();
    void identities_fit();
    void invite_fits();
};

void TestMailScreenshots::mails_fit_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("wrong"); // "!": nothing goes out; "?": a warning; "off"
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    const QSize large(1280, 800);
    const QSize small(960, 690);
    QTest::newRow("mail-delayed") << 2 << QString() << large << false << false;
    QTest::newRow("mail-failed-small-dark") << 3 << u"!"_s << small << true << false;
    QTest::newRow("mail-warning-long") << 5 << u"?"_s << large << false << true;
    QTest::newRow("mail-trouble-small") << 0 << u"trouble"_s << small << false << false;
    QTest::newRow("mail-off-small-dark") << -1 << u"off"_s << small << true << false;
}

void TestMailScreenshots::mails_fit()
{
    QFETCH(int, row);
    QFETCH(QString, wrong);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fill();
    MailOverview &mail = m_scene->console.mailNow;
    if (wrong == "!"_L1)
        mail.whyNot = u"mail.smtp_user or mail.smtp_password is empty: set both, or mail.smtp_auth = none"_s;
    if (wrong == "?"_L1)
        mail.warnings = {u"mail.link_base is http://localhost:3000: links in mails lead everybody to their own machine"_s};
    if (wrong == "trouble"_L1)
        m_scene->console.overviewNow.server.problems = {{.code = u"mail_not_sent"_s,
                                                         .detail = u"535 5.7.8 Error: authentication failed"_s,
                                                         .since = m_scene->clock.now() - Seconds {1500}}};
    if (wrong == "off"_L1) {
        mail.transport = wrong;
        m_scene->console.mailRows.clear();
    }
    openWindowAt(u"mail"_s, size);
    if (row >= 0)
        window().findChild<QWidget *>(u"mail"_s)->findChild<QTableView *>()->selectRow(row);
    look(window());
    QCOMPARE(window().size(), size);
}

void TestMailScreenshots::preview_fits_data()
{
    QTest::addColumn<bool>("faults");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("mail-preview") << false << false << false;
    QTest::newRow("mail-preview-faults-dark") << true << true << false;
    QTest::newRow("mail-preview-faults-long") << true << false << true;
}

void TestMailScreenshots::preview_fits()
{
    QFETCH(bool, faults);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fill();
    for (int i = 1; faults && i < 7; ++i)
        m_scene->console.mailNow.templateFaults += u"de/verify_email.txt:%1: {{naem}} is no variable of this mail"_s.arg(i);
    const auto dialog = std::make_unique<MailPreviewDialog>(m_scene->context(), m_scene->console.mailNow, nullptr);
    dialog->look(u"reset_password"_s, u"de"_s);
    dialog->open();
    look(*dialog);
    QVERIFY(dialog->width() <= 960 && dialog->height() <= 690);
}

void TestMailScreenshots::testMail_fits_data()
{
    QTest::addColumn<bool>("sent");
    QTest::addColumn<bool>("dark");
    QTest::newRow("mail-test-sent") << true << false;
    QTest::newRow("mail-test-refused-dark") << false << true;
}

void TestMailScreenshots::testMail_fits()
{
    QFETCH(bool, sent);
    QFETCH(bool, dark);
    wear(dark);
    if (!sent)
        m_scene->console.mailTest = {
            .sent = false, .code = 535, .line = u"535 5.7.8 Error: authentication failed: "_s + QString(120, u'x'), .place = {}};
    const auto dialog = std::make_unique<MailTestDialog>(m_scene->context(), nullptr);
    dialog->open();
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"to"_s), u"ada.lovelace@example.com"_s);
    QTest::keyClick(dialog.get(), Qt::Key_Return);
    lookAtDialog(*dialog);
}

void TestMailScreenshots::addProvider_fits_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    for (const auto &[name, kind] :
         std::initializer_list<std::pair<const char *, int>> {{"google", 0}, {"microsoft", 2}, {"apple", 3}, {"any", 6}}) {
        QTest::addRow("provider-add-%s", name) << kind << false << false;
        QTest::addRow("provider-add-%s-long-dark", name) << kind << true << true;
    }
}

void TestMailScreenshots::addProvider_fits()
{
    QFETCH(int, kind);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    const std::unique_ptr<FormDialog> dialog(
        ProviderDialogs::create(m_scene->context(), FakeConsole::presets(), {}, nullptr, [](const ProviderView &) {}));
    dialog->open();
    QVERIFY(settle());
    dialog->findChild<QComboBox *>(u"kind"_s)->setCurrentIndex(kind);
    lookAtDialog(*dialog);
}

void TestMailScreenshots::editProvider_fits_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("provider-edit-apple") << 0 << false;
    QTest::newRow("provider-edit-google-long") << 4 << true;
}

void TestMailScreenshots::editProvider_fits()
{
    QFETCH(int, row);
    QFETCH(bool, longTexts);
    wear(false, longTexts);
    m_scene->fill();
    const std::unique_ptr<FormDialog> dialog(ProviderDialogs::edit(m_scene->context(), m_scene->console.providerRows[row], nullptr,
                                                                   [](const ProviderView &, const ProviderEditView &) {}));
    dialog->open();
    lookAtDialog(*dialog);
}

void TestMailScreenshots::check_fits_data()
{
    QTest::addColumn<ProviderCheckOutcome>("outcome");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("provider-check-doubtful") << ProviderCheckOutcome::Doubtful << false << false;
    QTest::newRow("provider-check-bad-dark") << ProviderCheckOutcome::Bad << true << false;
    QTest::newRow("provider-check-good-long") << ProviderCheckOutcome::Good << false << true;
}

void TestMailScreenshots::check_fits()
{
    QFETCH(ProviderCheckOutcome, outcome);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fill();
    m_scene->console.providerSteps[2].outcome = outcome;
    const auto dialog = std::make_unique<ProviderCheckDialog>(m_scene->context(), m_scene->console.providerRows[1], nullptr);
    dialog->open();
    dialog->start();
    lookAtDialog(*dialog);
}

void TestMailScreenshots::identities_fit_data()
{
    QTest::addColumn<bool>("invited");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("identities") << false << QSize(1280, 1000) << false << false;
    QTest::newRow("identities-small-dark") << false << QSize(960, 690) << true << false;
    QTest::newRow("invited-small") << true << QSize(960, 690) << false << false;
    QTest::newRow("invited-long-dark") << true << QSize(1280, 800) << true << true;
}

void TestMailScreenshots::identities_fit()
{
    QFETCH(bool, invited);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fill();
    UserView &user = m_scene->console.userRows[3];
    m_scene->console.identities[user.id] = m_scene->bothIdentities();
    if (invited) {
        m_scene->console.identities.clear();
        user.passwordScheme.clear();
        user.disabled = false;
        user.lastSignInAt.reset();
        user.invitedAt = m_scene->clock.now() - std::chrono::days {3};
        m_scene->giveFactors(3, {.totp = {}, .passkeys = {}});
    }
    openWindowAt(u"users"_s, size);
    listOf(*window().findChild<QWidget *>(u"users"_s))->selectRow(3);
    look(window());
    QCOMPARE(window().size(), size);
}

void TestMailScreenshots::invite_fits()
{
    const std::unique_ptr<FormDialog> dialog(UserDialogs::invite(m_scene->context(), nullptr, [](const UserView &) {}));
    dialog->open();
    lookAtDialog(*dialog, u"invite"_s);
}

int main(int argc, char *argv[]) { return takePictures<TestMailScreenshots>(argc, argv); }
#include "TestMailScreenshots.moc"
