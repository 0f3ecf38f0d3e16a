#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/providers/ProviderCheckDialog.h"
#include "ui/providers/ProvidersPage.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FormDialog.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

int providerAlerts = 0; ///< What screen readers were told to say at once.

void noteProviderAlert(QAccessibleEvent *event) { providerAlerts += event->type() == QAccessible::Alert ? 1 : 0; }

} // namespace

/// With whose accounts people sign in: what the page says of each provider, and what it does about them.
class TestProvidersPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void list_saysWhatThereIs();
    void redirectUri_isCopiedExactly();
    void emptyPage_saysHowToTry();
    void add_asksForWhatTheKindNeeds_data();
    void add_asksForWhatTheKindNeeds();
    void add_showsTheRedirectUri_asItIsTyped();
    void add_ofANameThatIsTaken_asksForAnother();
    void add_thenTests();
    void add_ofApple_readsTheKeyFile();
    void add_refused_keepsWhatWasTyped();
    void secret_isNeverShown();
    void edit_sendsWhatChangedOnly();
    void edit_ofApple_takesAnotherKey();
    void edit_isTakenBack_butForTheSecret_data();
    void edit_isTakenBack_butForTheSecret();
    void undo_ofWhatSomebodyChanged_isVoid();
    void test_saysStepByStep_data();
    void test_saysStepByStep();
    void test_isHeard();
    void test_thatFails_saysWhy();
    void test_isTakenBack_whenClosed();
    void switchOff_saysItsEffect_data();
    void switchOff_saysItsEffect();
    void switchOn_asksNothing();
    void switchOn_isTakenBack_withWhatFollows();
    void remove_saysItsEffect_data();
    void remove_saysItsEffect();
    void escape_removesNothing();
    void providerThatIsGone_isSaid();
    void failure_isSaidInPlace();

private:
    enum Row { Apple, Company, Discord, GitHub, Google };

    static DataTable *providersIn(const QWidget &page) { return tableOf(page, u"Providers"_s); }
    static QString cell(const QWidget &page, int row, int column)
    {
        return providersIn(page)->model()->index(row, column).data().toString();
    }
    static QStringList linesIn(const QWidget &page);
    static QMessageBox *question(const QWidget &page);
    static QLineEdit *edit(const QDialog &dialog, const QString &name) { return dialog.findChild<QLineEdit *>(name); }
    std::unique_ptr<ProvidersPage> openAt(int row);
    static FormDialog *openForm(const ProvidersPage &page, const QString &text);
    static void choose(const QDialog &dialog, const QString &kind);
    static QMessageBox *press(const ProvidersPage &page, const QString &text);
    /// The question of Ctrl+Z.
    static QMessageBox *takeBack(ProvidersPage &page);
    static QString shownUri(const QWidget &widget);
    QString keyFile() const;
};

QStringList TestProvidersPage::linesIn(const QWidget &page)
{
    QStringList lines;
    for (const QLabel *label : page.findChild<DetailsPanel *>()->findChildren<QLabel *>()) {
        if (label->isVisible())
            lines += QString(label->text()).remove(u'\u200b');
    }
    return lines;
}

QMessageBox *TestProvidersPage::question(const QWidget &page)
{
    settle();
    const auto boxes = page.findChildren<QMessageBox *>(u"confirm"_s);
    return boxes.isEmpty() || !boxes.last()->isVisible() || !comesInFront(boxes.last()) ? nullptr : boxes.last();
}

std::unique_ptr<ProvidersPage> TestProvidersPage::openAt(int row)
{
    auto page = openPage<ProvidersPage>(*m_scene);
    providersIn(*page)->selectRow(row);
    providersIn(*page)->setFocus();
    settle();
    return page;
}

FormDialog *TestProvidersPage::openForm(const ProvidersPage &page, const QString &text)
{
    button(page, text)->click();
    settle();
    auto *dialog = page.findChild<FormDialog *>();
    return dialog && comesInFront(dialog) ? dialog : nullptr;
}

void TestProvidersPage::choose(const QDialog &dialog, const QString &kind)
{
    auto *kinds = dialog.findChild<QComboBox *>(u"kind"_s);
    kinds->setFocus();
    for (int i = 0; i < kinds->count() && !kinds->currentText().startsWith(kind); ++i)
        warder::test::press(Qt::Key_Down);
    QCOMPARE(kinds->currentText().left(kind.size()), kind);
}

QMessageBox *TestProvidersPage::press(const ProvidersPage &page, const QString &text)
{
    button(page, text)->setFocus();
    warder::test::press(Qt::Key_Space);
    return question(page);
}

QMessageBox *TestProvidersPage::takeBack(ProvidersPage &page)
{
    page.activateWindow();
    if (!comesInFront(&page))
        return nullptr;
    providersIn(page)->setFocus();
    warder::test::press(Qt::Key_Z, Qt::ControlModifier);
    return question(page);
}

QString TestProvidersPage::shownUri(const QWidget &widget)
{
    const auto fields = widget.findChildren<CopyField *>();
    const auto shown = std::ranges::find_if(fields, &QWidget::isVisible);
    return shown == fields.end() ? QString() : (*shown)->text();
}

QString TestProvidersPage::keyFile() const
{
    const QString path = m_scene->folder.filePath(u"AuthKey_F6G7H8J9K0.p8"_s);
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write("PRIVATE KEY\n") > 0 ? path : QString();
}

void TestProvidersPage::list_saysWhatThereIs()
{
    const auto page = openAt(Google);
    const QAbstractItemModelTester held(providersIn(*page)->model());
    QCOMPARE(providersIn(*page)->model()->rowCount(), 5);
    QCOMPARE(cell(*page, Google, 0), u"Google"_s);
    QCOMPARE(cell(*page, Google, 1), u"On"_s);
    QCOMPARE(cell(*page, Google, 2), UiTexts::count(1290));
    QCOMPARE(cell(*page, Google, 3), UiTexts::count(8115));
    QCOMPARE(cell(*page, Discord, 1), u"Off"_s);
    QCOMPARE(cell(*page, Discord, 4), u"never"_s);
    QCOMPARE(cell(*page, Company, 5), u"OpenID Connect"_s);
    const QStringList lines = linesIn(*page);
    for (const QString &line : {u"https://accounts.google.com"_s, u"7103-google.apps.example"_s, u"kept sealed, never shown"_s,
                                u"openid email profile"_s, u"count as proven"_s})
        QVERIFY2(lines.contains(line), qPrintable(line + u" is not in "_s + lines.join(u" | "_s)));
    providersIn(*page)->selectRow(Discord);
    QVERIFY2(linesIn(*page).join(u'|').contains(u"It is switched off"_s), qPrintable(linesIn(*page).join(u'|')));
}

void TestProvidersPage::redirectUri_isCopiedExactly()
{
    m_scene->console.providerRows[Google].callbacks = {u"https://app.example.com/api/auth/oauth/google/callback"_s,
                                                       u"http://localhost:3000/api/auth/oauth/google/callback"_s};
    const auto page = openAt(Google);
    const auto fields = page->findChildren<CopyField *>();
    QCOMPARE(std::ranges::count_if(fields, &QWidget::isVisible), 2);
    QCOMPARE(shownUri(*page), u"https://app.example.com/api/auth/oauth/google/callback"_s);
    const auto shown = std::ranges::find_if(fields, &QWidget::isVisible);
    (*shown)->findChild<QToolButton *>()->setFocus();
    warder::test::press(Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"https://app.example.com/api/auth/oauth/google/callback"_s);
    providersIn(*page)->selectRow(GitHub);
    QCOMPARE(std::ranges::count_if(page->findChildren<CopyField *>(), &QWidget::isVisible), 1);
}

void TestProvidersPage::emptyPage_saysHowToTry()
{
    m_scene = std::make_unique<Scene>();
    const auto page = openPage<ProvidersPage>(*m_scene);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    warder::test::press(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(page->findChild<FormDialog *>());
}

void TestProvidersPage::add_asksForWhatTheKindNeeds_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QStringList>("fields");
    const QStringList always {u"origin"_s, u"clientId"_s};
    QTest::newRow("Google") << u"Google"_s << always + QStringList {u"secret"_s};
    QTest::newRow("GitHub") << u"GitHub"_s << always + QStringList {u"secret"_s, u"issuer"_s, u"label"_s, u"name"_s};
    QTest::newRow("Microsoft") << u"Microsoft"_s << always + QStringList {u"secret"_s, u"tenant"_s, u"label"_s, u"name"_s};
    QTest::newRow("Apple") << u"Apple"_s << always + QStringList {u"team"_s, u"keyId"_s, u"file"_s};
    QTest::newRow("GitLab") << u"GitLab"_s << always + QStringList {u"secret"_s, u"issuer"_s, u"label"_s, u"name"_s};
    QTest::newRow("Discord") << u"Discord"_s << always + QStringList {u"secret"_s};
    QTest::newRow("any") << u"Any other"_s << always + QStringList {u"secret"_s, u"issuer"_s, u"label"_s, u"name"_s};
}

void TestProvidersPage::add_asksForWhatTheKindNeeds()
{
    QFETCH(const QString, kind);
    QFETCH(QStringList, fields);
    m_scene->console.providerRows.clear();
    const auto page = openPage<ProvidersPage>(*m_scene);
    auto *dialog = openForm(*page, u"Add provider"_s);
    QVERIFY(dialog);
    choose(*dialog, kind);
    settle();
    QStringList shown;
    for (const QLineEdit *each : dialog->findChildren<QLineEdit *>()) {
        if (each->isVisible())
            shown += each->objectName();
    }
    fields.sort();
    shown.sort();
    QCOMPARE(shown, fields);
    const auto *trust = dialog->findChild<QCheckBox *>(u"trustEmail"_s);
    QCOMPARE(trust->isVisible(), kind != "Microsoft"_L1); // whatever an admin says, its word about addresses is nothing
    QCOMPARE(trust->isChecked(), kind != "Microsoft"_L1 && !kind.startsWith("Any"_L1));
    QVERIFY(dialog->height() <= 690);
}

void TestProvidersPage::add_showsTheRedirectUri_asItIsTyped()
{
    m_scene->console.providerRows.clear();
    const auto page = openPage<ProvidersPage>(*m_scene);
    auto *dialog = openForm(*page, u"Add provider"_s);
    QVERIFY(dialog);
    QCOMPARE(shownUri(*dialog), u"http://localhost:3000/api/auth/oauth/google/callback"_s);
    choose(*dialog, u"Any other"_s);
    QCOMPARE(shownUri(*dialog), u"http://localhost:3000/api/auth/oauth/oidc/callback"_s);
    QTest::keyClicks(edit(*dialog, u"name"_s), u"company"_s);
    edit(*dialog, u"origin"_s)->selectAll();
    QTest::keyClicks(edit(*dialog, u"origin"_s), u"https://app.example.com/"_s);
    QCOMPARE(shownUri(*dialog), u"https://app.example.com/api/auth/oauth/company/callback"_s);
    choose(*dialog, u"Any other"_s);
    edit(*dialog, u"origin"_s)->clear();
    QTest::keyClick(dialog, Qt::Key_Return);
    settle();
    QVERIFY(edit(*dialog, u"origin"_s)->accessibleDescription().startsWith(u"Is needed"_s));
    QCOMPARE(m_scene->console.askedCount(u"addProvider"_s), 0);
    QVERIFY(button(*dialog, u"Add"_s)->isEnabled());
}

void TestProvidersPage::add_ofANameThatIsTaken_asksForAnother()
{
    const auto page = openPage<ProvidersPage>(*m_scene);
    auto *dialog = openForm(*page, u"Add provider"_s);
    QVERIFY(dialog);
    QTest::keyClicks(edit(*dialog, u"clientId"_s), u"7103"_s);
    QTest::keyClicks(edit(*dialog, u"secret"_s), u"s"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    settle();
    QVERIFY(edit(*dialog, u"name"_s)->isVisible());
    QVERIFY(edit(*dialog, u"name"_s)->hasFocus());
    QVERIFY(edit(*dialog, u"name"_s)->accessibleDescription().startsWith(u"There is a provider of this name already."_s));
    QCOMPARE(m_scene->console.askedCount(u"addProvider"_s), 0);
    QTest::keyClicks(edit(*dialog, u"name"_s), u"google-staff"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"addProvider google google-staff 7103|s|"_s), 1);
}

void TestProvidersPage::add_thenTests()
{
    m_scene->console.providerRows.clear();
    const auto page = openPage<ProvidersPage>(*m_scene);
    auto *dialog = openForm(*page, u"Add provider"_s);
    QVERIFY(dialog);
    QTest::keyClicks(edit(*dialog, u"clientId"_s), u"7103.apps.example "_s);
    QTest::keyClicks(edit(*dialog, u"secret"_s), u"GOCSPX-1"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"checkProvider google"_s), 1);
    QCOMPARE(m_scene->console.askedCount(
                 u"addProvider google google 7103.apps.example|GOCSPX-1|http://localhost:3000/api/auth/oauth/google/callback"_s),
             1);
    QCOMPARE(messageOf(*page), u"People can sign in with google now."_s);
    QTRY_VERIFY(page->findChild<ProviderCheckDialog *>()->isVisible());
    QCOMPARE(providersIn(*page)->selectedRows(), QList {0});
}

void TestProvidersPage::add_ofApple_readsTheKeyFile()
{
    m_scene->console.providerRows.clear();
    const auto page = openPage<ProvidersPage>(*m_scene);
    auto *dialog = openForm(*page, u"Add provider"_s);
    QVERIFY(dialog);
    choose(*dialog, u"Apple"_s);
    QTest::keyClicks(edit(*dialog, u"clientId"_s), u"com.example.app"_s);
    QTest::keyClicks(edit(*dialog, u"team"_s), u"A1B2C3D4E5"_s);
    QTest::keyClicks(edit(*dialog, u"keyId"_s), u"F6G7H8J9K0"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    settle();
    QCOMPARE(edit(*dialog, u"file"_s)->accessibleDescription(), u"There is no such file."_s);
    QCOMPARE(m_scene->console.askedCount(u"addProvider"_s), 0);
    QTest::keyClicks(edit(*dialog, u"file"_s), keyFile());
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"addProvider apple apple com.example.app|PRIVATE KEY|"_s), 1);
}

void TestProvidersPage::add_refused_keepsWhatWasTyped()
{
    m_scene->console.providerRows.clear();
    const auto page = openPage<ProvidersPage>(*m_scene);
    auto *dialog = openForm(*page, u"Add provider"_s);
    QVERIFY(dialog);
    m_scene->console.failNext(u"addProvider"_s,
                              {.code = ErrorCode::InvalidInput, .detail = u"the client secret is 1 to 1024 characters"_s});
    QTest::keyClicks(edit(*dialog, u"clientId"_s), u"7103"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    const auto said = [dialog] {
        QStringList texts;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            texts += label->isVisible() ? label->text() : QString();
        return texts.join(u'|');
    };
    QTRY_VERIFY2(said().contains(u"the client secret is 1 to 1024 characters"_s), qPrintable(said()));
    QCOMPARE(edit(*dialog, u"clientId"_s)->text(), u"7103"_s);
    QTest::keyClicks(edit(*dialog, u"secret"_s), u"s"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"addProvider"_s), 2);
}

void TestProvidersPage::secret_isNeverShown()
{
    const auto page = openAt(Google);
    auto *dialog = openForm(*page, u"Edit"_s);
    QVERIFY(dialog);
    QCOMPARE(edit(*dialog, u"secret"_s)->echoMode(), QLineEdit::Password);
    QVERIFY(edit(*dialog, u"secret"_s)->text().isEmpty());
    QVERIFY(edit(*dialog, u"secret"_s)->accessibleDescription().startsWith(u"Empty: the one that is there stays."_s));
}

void TestProvidersPage::edit_sendsWhatChangedOnly()
{
    const auto page = openAt(Google);
    auto *dialog = openForm(*page, u"Edit"_s);
    QVERIFY(dialog);
    QCOMPARE(edit(*dialog, u"clientId"_s)->text(), u"7103-google.apps.example"_s);
    QVERIFY(edit(*dialog, u"label"_s)->hasFocus());
    edit(*dialog, u"label"_s)->selectAll();
    QTest::keyClicks(edit(*dialog, u"label"_s), u"Google Workspace"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Google Workspace is changed."_s);
    QCOMPARE(m_scene->console.askedCount(u"editProvider google Google Workspace - - -"_s), 1);
    QTRY_COMPARE(cell(*page, Google, 0), u"Google Workspace"_s);
}

void TestProvidersPage::edit_ofApple_takesAnotherKey()
{
    const auto page = openAt(Apple);
    auto *dialog = openForm(*page, u"Edit"_s);
    QVERIFY(dialog);
    QVERIFY(!edit(*dialog, u"secret"_s));
    QTest::keyClicks(edit(*dialog, u"file"_s), u"/nowhere.p8"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    settle();
    QCOMPARE(edit(*dialog, u"file"_s)->accessibleDescription(), u"There is no such file."_s);
    edit(*dialog, u"file"_s)->selectAll();
    QTest::keyClicks(edit(*dialog, u"file"_s), keyFile());
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"editProvider apple - - PRIVATE KEY -"_s), 1);
    QTRY_COMPARE(messageOf(*page), u"Apple is changed."_s);
    QVERIFY(!page->findChild<UndoStack *>()->action()->isEnabled()); // nobody can read what the key was
}

void TestProvidersPage::edit_isTakenBack_butForTheSecret_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("given");
    QTest::addColumn<bool>("saysThatItStays");
    QTest::newRow("without one") << QString() << u"editProvider google Staff - - -"_s << false;
    QTest::newRow("with a new one") << u"GOCSPX-2"_s << u"editProvider google Staff - GOCSPX-2 -"_s << true;
}

void TestProvidersPage::edit_isTakenBack_butForTheSecret()
{
    QFETCH(const QString, secret);
    QFETCH(const QString, given);
    const auto page = openAt(Google);
    auto *dialog = openForm(*page, u"Edit"_s);
    QVERIFY(dialog);
    edit(*dialog, u"label"_s)->selectAll();
    QTest::keyClicks(edit(*dialog, u"label"_s), u"Staff"_s);
    QTest::keyClicks(edit(*dialog, u"secret"_s), secret);
    m_scene->console.providerRows[Google].scopes = {u"openid"_s, u"email"_s}; // by somebody else, meanwhile: that stays
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Staff is changed."_s);
    QCOMPARE(m_scene->console.askedCount(given), 1);
    QMessageBox *box = takeBack(*page);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Take back the change of Staff?"_s);
    QTEST(box->informativeText().contains(u"The new secret stays"_s), "saysThatItStays");
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"editProvider google Google - - -"_s), 1);
    QCOMPARE(m_scene->console.providerRows[Google].scopes, (QStringList {u"openid"_s, u"email"_s}));
    QTRY_COMPARE(cell(*page, Google, 0), u"Google"_s);
}

void TestProvidersPage::undo_ofWhatSomebodyChanged_isVoid()
{
    const auto page = openAt(Discord);
    QVERIFY(!press(*page, u"Switch on"_s));
    QTRY_COMPARE(messageOf(*page), u"Sign-in with Discord is on."_s);
    m_scene->console.providerRows[Discord].clientId = u"another"_s;
    QVERIFY(!takeBack(*page));
    QTRY_VERIFY2(messageOf(*page).startsWith(u"Not taken back"_s), qPrintable(messageOf(*page)));
    QCOMPARE(m_scene->console.askedCount(u"editProvider"_s), 1);
}

void TestProvidersPage::test_saysStepByStep_data()
{
    QTest::addColumn<ProviderCheckOutcome>("worst");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("it works")
        << ProviderCheckOutcome::Good
        << u"It works, as far as can be told from here. Whether it knows the redirect URI shows at the first sign-in."_s;
    QTest::newRow("it may work") << ProviderCheckOutcome::Doubtful << u"It may work. What is doubtful shows at the first sign-in."_s;
    QTest::newRow("it does not work") << ProviderCheckOutcome::Bad
                                      << u"It does not work: nobody can sign in with it until this is mended."_s;
}

void TestProvidersPage::test_saysStepByStep()
{
    QFETCH(const ProviderCheckOutcome, worst);
    m_scene->console.providerSteps[2].outcome = worst;
    const auto page = openAt(Company);
    QVERIFY(!press(*page, u"Test"_s));
    auto *dialog = page->findChild<ProviderCheckDialog *>();
    QTRY_VERIFY(dialog->isVisible());
    const auto *verdict = dialog->findChild<QLabel *>(u"result"_s);
    QTRY_VERIFY(button(*dialog, u"Test again"_s)->isEnabled());
    QTEST(verdict->text(), "verdict");
    QStringList texts;
    for (const QLabel *label : dialog->findChildren<QLabel *>())
        texts += QString(label->text()).remove(u'\u200b');
    for (const ProviderCheckView &step : m_scene->console.providerSteps)
        QVERIFY2(texts.contains(step.sentence), qPrintable(texts.join(u'|')));
    QVERIFY(texts.contains(u"Client id and secret"_s));
    QCOMPARE(shownUri(*dialog), u"https://app.example.com/api/auth/oauth/oidc/callback"_s);
    m_scene->console.providerSteps.resize(1);
    button(*dialog, u"Test again"_s)->setFocus();
    warder::test::press(Qt::Key_Space);
    QTRY_VERIFY(verdict->text().startsWith(u"It works"_s));
    QCOMPARE(m_scene->console.askedCount(u"checkProvider company"_s), 2);
}

/// Whoever does not see what came of it.
void TestProvidersPage::test_isHeard()
{
    const auto page = openAt(Company);
    press(*page, u"Test"_s);
    auto *dialog = page->findChild<ProviderCheckDialog *>();
    QTRY_VERIFY(button(*dialog, u"Test again"_s)->isEnabled());
    QVERIFY(comesInFront(dialog));
    button(*dialog, u"Test again"_s)->setFocus();
    providerAlerts = 0;
    QAccessible::installUpdateHandler(noteProviderAlert);
    warder::test::press(Qt::Key_Space);
    QTRY_COMPARE(providerAlerts, 2); // that it is asked, and what it said
    QAccessible::installUpdateHandler(nullptr);
}

void TestProvidersPage::test_thatFails_saysWhy()
{
    const auto page = openAt(Company);
    m_scene->console.failNext(u"checkProvider"_s, {.code = ErrorCode::NotFound, .detail = {}});
    press(*page, u"Test"_s);
    auto *dialog = page->findChild<ProviderCheckDialog *>();
    QTRY_VERIFY(dialog->findChild<QLabel *>(u"result"_s)->text().contains(u"somebody removed it"_s));
    QVERIFY(button(*dialog, u"Test again"_s)->isEnabled());
}

void TestProvidersPage::test_isTakenBack_whenClosed()
{
    const auto page = openAt(Company);
    m_scene->console.hold(); // a provider that does not answer
    button(*page, u"Test"_s)->click();
    m_scene->console.release(); // the list; the test itself is asked for next
    m_scene->console.hold();
    QTRY_VERIFY(page->findChild<ProviderCheckDialog *>());
    auto *dialog = page->findChild<ProviderCheckDialog *>();
    QTRY_VERIFY(dialog->findChild<QLabel *>(u"result"_s)->text().startsWith(u"The provider is being asked"_s));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!page->findChild<ProviderCheckDialog *>());
    m_scene->console.release();
    QVERIFY(settle()); // nobody is there to hear it
    QVERIFY(page->problems().isEmpty());
}

void TestProvidersPage::switchOff_saysItsEffect_data()
{
    QTest::addColumn<qint64>("onlyWayIn");
    QTest::addColumn<QString>("effect");
    const QString always = u"Its button goes, and nobody signs in with it until you switch it on again. Who is signed in stays so."_s;
    QTest::newRow("nobody depends on it") << qint64(0) << always;
    QTest::newRow("somebody does") << qint64(1) << always + u" One account has no other way in: its owner is locked out until then."_s;
    QTest::newRow("many do") << qint64(214) << always + u" 214 accounts have no other way in: their owners are locked out until then."_s;
}

void TestProvidersPage::switchOff_saysItsEffect()
{
    QFETCH(const qint64, onlyWayIn);
    QFETCH(const QString, effect);
    const auto page = openAt(Google);
    m_scene->console.removal.onlyWayIn = onlyWayIn; // of this moment, not of when the page was read
    QMessageBox *box = press(*page, u"Switch off"_s);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Switch off sign-in with Google?"_s);
    QCOMPARE(box->informativeText(), effect);
    QCOMPARE(m_scene->console.askedCount(u"editProvider"_s), 0);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Sign-in with Google is off."_s);
    QCOMPARE(m_scene->console.askedCount(u"editProvider google - - - off"_s), 1);
    QTRY_COMPARE(cell(*page, Google, 1), u"Off"_s);
    QVERIFY(button(*page, u"Switch on"_s));
    box = takeBack(*page);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Switch on sign-in with Google again?"_s);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"editProvider google - - - on"_s), 1);
}

void TestProvidersPage::switchOn_asksNothing()
{
    const auto page = openAt(Discord);
    QVERIFY(!press(*page, u"Switch on"_s));
    QTRY_COMPARE(messageOf(*page), u"Sign-in with Discord is on."_s);
    QCOMPARE(m_scene->console.askedCount(u"editProvider discord - - - on"_s), 1);
}

/// Of that moment: accounts may have come to depend on it since.
void TestProvidersPage::switchOn_isTakenBack_withWhatFollows()
{
    const auto page = openAt(Discord);
    QVERIFY(!press(*page, u"Switch on"_s));
    QTRY_COMPARE(messageOf(*page), u"Sign-in with Discord is on."_s);
    m_scene->console.removal.onlyWayIn = 1;
    QMessageBox *box = takeBack(*page);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Switch off sign-in with Discord?"_s);
    QVERIFY2(box->informativeText().contains(u"One account has no other way in"_s), qPrintable(box->informativeText()));
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"editProvider discord - - - off"_s), 1);
}

void TestProvidersPage::remove_saysItsEffect_data()
{
    QTest::addColumn<ProviderRemovalView>("atStake");
    QTest::addColumn<QString>("effect");
    QTest::addColumn<QString>("done");
    const QString always =
        u"Its client id and secret are forgotten. Who is signed in stays so. This cannot be undone, unlike switching it off."_s;
    QTest::newRow("nobody uses it") << ProviderRemovalView {} << u"No account is linked with it. "_s + always << u"Google is removed."_s;
    QTest::newRow("somebody does") << ProviderRemovalView {.identities = 1}
                                   << u"One link of an account with it goes, and only its owner can make it again. "_s + always
                                   << u"Google is removed. One link of an account went with it."_s;
    QTest::newRow("many depend on it")
        << ProviderRemovalView {.identities = 12, .onlyWayIn = 3}
        << u"12 links of accounts with it go, and only their owners can make them again. 3 accounts have no other way in: nobody can sign in to "
           "them until they get a password, from you or by a mail. "_s
               + always
        << u"Google is removed. 12 links of accounts went with it."_s;
}

void TestProvidersPage::remove_saysItsEffect()
{
    QFETCH(const ProviderRemovalView, atStake);
    QFETCH(const QString, effect);
    QFETCH(const QString, done);
    const auto page = openAt(Google);
    m_scene->console.removal = atStake;
    warder::test::press(Qt::Key_Delete);
    QMessageBox *box = question(*page);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Remove Google?"_s);
    QCOMPARE(box->informativeText(), effect);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), done);
    QCOMPARE(m_scene->console.askedCount(u"removeProvider google"_s), 1);
    QTRY_COMPARE(providersIn(*page)->model()->rowCount(), 4);
}

void TestProvidersPage::escape_removesNothing()
{
    const auto page = openAt(Google);
    QMessageBox *box = press(*page, u"Remove"_s);
    QVERIFY(box);
    QTest::keyClick(box, Qt::Key_Escape);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"removeProvider"_s), 0);
    QCOMPARE(page->focusWidget(), button(*page, u"Remove"_s));
}

void TestProvidersPage::providerThatIsGone_isSaid()
{
    const auto page = openAt(Google);
    m_scene->console.providerRows.removeLast();
    QVERIFY(!press(*page, u"Remove"_s));
    QCOMPARE(messageOf(*page), u"Google is not there any more: somebody removed it."_s);
    QCOMPARE(m_scene->console.askedCount(u"removeProvider"_s), 0);
    QCOMPARE(providersIn(*page)->model()->rowCount(), 4);
}

void TestProvidersPage::failure_isSaidInPlace()
{
    m_scene->console.failNext(u"providers"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    const auto page = openPage<ProvidersPage>(*m_scene);
    QTRY_VERIFY(messageOf(*page).contains(u"database is locked"_s));
    QVERIFY(!page->findChild<EmptyState *>()->isVisible()); // nobody knows whether there are some
    page->refresh();
    QTRY_VERIFY(page->problems().isEmpty());
    QCOMPARE(providersIn(*page)->model()->rowCount(), 5);
}

QTEST_MAIN(TestProvidersPage)
#include "TestProvidersPage.moc"
