#include "core/base/Rotation.h"
#include "core/sessions/Session.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/PseudoLanguage.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/WindowTexts.h"
#include "ui/About.h"
#include "ui/Desktop.h"
#include "ui/ServiceQuestions.h"
#include "ui/activity/ActivityTexts.h"
#include "ui/activity/RefusalTexts.h"
#include "ui/backup/BackupTexts.h"
#include "ui/backup/BackupsDialog.h"
#include "ui/elsewhere/LineTexts.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/limits/LimitTexts.h"
#include "ui/mail/MailTexts.h"
#include "ui/providers/ProviderTexts.h"
#include "ui/sessions/SessionTexts.h"
#include "ui/settings/SettingTexts.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/FilterBox.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr std::array pageNames {"overview", "sessions", "users", "limits", "keys", "mail", "providers", "activity", "settings", "alarms"};

const QString forTheLog = u"the core says this in English"_s;

/// What the console said as it is: names, addresses, ids, keys of settings. Codes, which the window has words for, are not among it, and
/// neither are the details of what went wrong.
QString dataOf(const FakeConsole &console)
{
    QStringList data {
        u"Warder http https unix curl Content Type application json email password correct horse battery register ada example com POST "_s,
        u"sudo systemctl start warder data dir var lib listen set file env well known jwks json RS PS "_s,
        u"ssh root auth"_s, // of a place on another machine
        u"admin"_s,         // the role of the first account
        u"WARDER_URL WARDER_COOKIES_INSECURE true false warderd starter master key export my app localhost socket http.allowed_origins"_s,
        u"mfa.required admins http.tls_certificate http.trusted_proxies http.cookies_insecure rate_limit.recorded"_s,
        u"mail.transport off smtp file log warder.conf mail.per_hour mail.link_base forgot English Deutsch Portugu Brasil"_s,
        u"Google GitHub Microsoft Apple GitLab Discord OpenID Connect https login.example.com"_s,
        u"warderd backup restore undo other key backup.every MiB"_s,
        u"Ctrl Alt Shift Del Ins Esc Return Enter Left Right Up Down PgUp PgDown Home End Backspace Space Tab"_s, // Qt's own names of keys
        QCoreApplication::applicationName(),
        QCoreApplication::applicationVersion()};
    const ServerView &server = console.overviewNow.server;
    data << server.url << server.addresses << server.configured << server.dataDirectory << server.waiting;
    for (const ProblemView &each : server.problems)
        data << each.code;
    for (const SessionView &each : console.sessionRows)
        data << each.email << each.device << each.userAgent << each.address << each.lastAddress << each.id.toString();
    for (const UserView &each : console.userRows)
        data << each.email << each.name << each.roles << each.passwordScheme << each.id.toString();
    for (const FactorsView &each : console.factors) {
        for (const FactorView &factor : each.totp + each.passkeys)
            data << factor.name;
    }
    for (const MailView &each : console.mailRows)
        data << each.recipient << each.lastLine << each.id.toString();
    const MailOverview &mail = console.mailNow;
    data << mail.place << mail.from << mail.whyNot << mail.warnings << mail.templateFaults << console.mailTest.line;
    data << console.mailPreview.subject << console.mailPreview.text;
    for (const ProviderView &each : console.providerRows)
        data << each.name << each.kind << each.label << each.issuer << each.clientId << each.scopes << each.callbacks << each.team
             << each.keyId;
    for (const ProviderCheckView &each : console.providerSteps)
        data << each.sentence;
    for (const QList<IdentityView> &each : console.identities) {
        for (const IdentityView &identity : each)
            data << identity.label << identity.email;
    }
    for (const RuleView &each : console.rules)
        data << each.name << each.title << each.appliesTo << each.routes << each.lockedBy;
    for (const HeldBackView &each : console.heldBack)
        data << each.address << each.account << each.tried;
    for (const NetworkView &each : console.networks)
        data << each.network << each.reason << each.createdBy;
    for (const BusyKeyView &each : console.busyKeys)
        data << each.who;
    for (const SettingView &each : console.settingRows)
        data << each.key << each.value << each.defaultValue << each.sourceName << each.choices;
    for (const KeyView &each : console.keyRows)
        data << each.kid << each.algorithm << each.nextAlgorithm.value_or(QString());
    for (const KeyConsumerView &each : console.consumers)
        data << each.userAgent << each.address;
    data << console.backups.directory;
    for (const BackupView &each : console.backups.backups)
        data << each.file << each.detail;
    for (const AlarmView &each : console.alarmRows)
        data << each.alarm.email << each.alarm.address << each.alarm.openedFrom << each.alarm.rule << each.alarm.detail << each.changedBy;
    for (const RefusalView &each : console.refusalRows)
        data << each.request->id << each.request->address << each.request->why << RefusalTexts::asked(*each.request)
             << RefusalTexts::answer(*each.request);
    for (const ActivityView &each : console.activityRows)
        data << each.email << each.address << each.type << each.hash << each.hash.left(12) << each.id.toString()
             << ActivityTexts::details(each) << each.userId.value_or(Id()).toString() << each.sessionId.value_or(Id()).toString();
    return data.join(u' ');
}

/// What is cut, by a name that is the same in every language.
QStringList cutPlaces(const QWidget &window)
{
    const auto all = window.findChildren<QWidget *>();
    QStringList places;
    for (QWidget *each : cutIn(window))
        places += u"%1 %2 %3"_s.arg(all.indexOf(each)).arg(QString::fromLatin1(each->metaObject()->className()), each->objectName());
    return places;
}

} // namespace

/// The whole window in a language that nobody speaks: every word of it is a translated one, and finds its room.
class TestLanguages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void page_isTranslated_data();
    void page_isTranslated();
    void orders_areTranslated_data();
    void orders_areTranslated();
    void state_isTranslated_data();
    void state_isTranslated();
    void firstSteps_areTranslated();
    void factors_areTranslated_data();
    void factors_areTranslated();
    void mails_areTranslated();
    void providers_areTranslated();
    void limits_areTranslated();
    void records_areTranslated();
    void settings_areTranslated();
    void tuning_isTranslated_data();
    void tuning_isTranslated();
    void backups_areTranslated();
    void menus_areTranslated();
    void elsewhere_isTranslated();
    void serviceQuestions_areTranslated();
    void everyCode_isTranslated();
    void page_cutsNoMore_data() { page_isTranslated_data(); }
    void page_cutsNoMore();
    void english_hasPluralForms();

private:
    std::unique_ptr<Desktop> openAt(const QString &page, bool full = true);
    /// All that is open is closed again, after it was read.
    void read();
    void sayYes();
    void check(const QStringList &texts);
    void verify();

    std::unique_ptr<PseudoLanguage> m_language;
    std::unique_ptr<Scene> m_scene;
    QStringList m_faults;
    QSet<QString> m_known;
    qsizetype m_count = 0; ///< Texts that were read.
};

void TestLanguages::init()
{
    m_language = std::make_unique<PseudoLanguage>();
    QCoreApplication::installTranslator(m_language.get());
    m_scene = std::make_unique<Scene>();
    qputenv("XDG_CONFIG_HOME", m_scene->folder.filePath(u"config"_s).toLocal8Bit());
    m_faults.clear();
    m_known.clear();
    m_count = 0;
}

void TestLanguages::cleanup()
{
    m_scene.reset();
    m_language.reset();
}

std::unique_ptr<Desktop> TestLanguages::openAt(const QString &page, bool full)
{
    if (full)
        m_scene->fill();
    PageContext context = m_scene->context();
    context.installation = {.startCommand = {u"warder"_s}, .hasService = true};
    auto desktop = std::make_unique<Desktop>(context);
    desktop->window().resize(1280, 800);
    desktop->open();
    desktop->window().pages().showPage(page);
    settle();
    if (auto *table = listOf(*desktop->window().findChild<QWidget *>(page)); table && table->isVisible())
        table->selectRow(1);
    settle();
    return desktop;
}

void TestLanguages::read()
{
    settle();
    static const QRegularExpression word(u"[A-Za-z]{2,}"_s);
    for (auto each = word.globalMatch(dataOf(m_scene->console)); each.hasNext();)
        m_known += each.next().captured();
    for (const QWidget *top : QApplication::topLevelWidgets()) {
        if (!qobject_cast<const QFileDialog *>(top)) // Qt's own, and full of files
            check(textsIn(*top));
    }
    for (QWidget *top : QApplication::topLevelWidgets()) {
        if (auto *dialog = qobject_cast<QDialog *>(top); dialog && dialog->isVisible()) {
            check({dialog->windowTitle()});
            dialog->reject();
        }
    }
    settle();
}

void TestLanguages::check(const QStringList &texts)
{
    static const QRegularExpression word(u"[A-Za-z]{2,}"_s);
    static const QRegularExpression pieces(u"[^.:?!…”\\]]\\] *\\["_s); // the first of two is no sentence
    static const QRegularExpression id(u"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"_s);
    m_count += texts.size();
    for (QString text : texts) {
        text.remove(u'\u200b').remove(id);
        QStringList strange;
        for (auto each = word.globalMatch(text); each.hasNext();) {
            if (const QString found = each.next().captured(); !m_known.contains(found))
                strange += found;
        }
        if (!strange.isEmpty())
            m_faults += u"not translated (%1): %2"_s.arg(strange.join(u' '), text);
        if (pieces.match(text).hasMatch())
            m_faults += u"put together of pieces: %1"_s.arg(text);
    }
}

void TestLanguages::verify()
{
    m_faults.removeDuplicates();
    QVERIFY2(m_faults.isEmpty(), qPrintable(m_faults.join(u'\n')));
    QVERIFY(m_count > 50);
}

void TestLanguages::page_isTranslated_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("full");
    for (const char *page : pageNames) {
        QTest::addRow("%s", page) << QString::fromLatin1(page) << true;
        QTest::addRow("%s, empty", page) << QString::fromLatin1(page) << false;
    }
}

void TestLanguages::page_isTranslated()
{
    QFETCH(QString, page);
    QFETCH(bool, full);
    const auto desktop = openAt(page, full);
    read();
    auto *filter = desktop->window().findChild<QWidget *>(page)->findChild<QLineEdit *>();
    if (filter && page != "settings"_L1) { // which asks nobody when it searches
        const int before = m_scene->console.askedCount(page);
        filter->setText(u"4711"_s);
        read(); // being searched
        QTRY_VERIFY(m_scene->console.askedCount(page) > before);
        read(); // nothing was found
    }
    verify();
}

void TestLanguages::orders_areTranslated_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("fails");
    for (const char *page : pageNames) {
        QTest::addRow("%s", page) << QString::fromLatin1(page) << false;
        QTest::addRow("%s, all refused", page) << QString::fromLatin1(page) << true;
    }
}

void TestLanguages::sayYes()
{
    for (const QWidget *top : QApplication::topLevelWidgets()) {
        const auto *buttons = top->isVisible() && !qobject_cast<const QFileDialog *>(top) ? top->findChild<QDialogButtonBox *>() : nullptr;
        if (!buttons)
            continue;
        check(textsIn(*top));
        for (QAbstractButton *button : buttons->buttons()) {
            if (buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
                button->click();
        }
        settle();
        return;
    }
}

/// Presses every button, and says yes to every question.
void TestLanguages::orders_areTranslated()
{
    QFETCH(QString, page);
    QFETCH(bool, fails);
    const auto desktop = openAt(page);
    QWidget *shown = desktop->window().findChild<QWidget *>(page);
    read();
    for (const char *order :
         {"revokeSessions", "revokeShown",      "createUser",    "editUser",   "setUserDisabled", "setUserPassword", "resetFactors",
          "endSessionsOf",  "rotateKey",        "revokeKey",     "restoreKey", "removeKey",       "importKey",       "unblock",
          "inviteUser",     "resendInvitation", "retryMails",    "dropMails",  "testMail",        "previewMail",     "addProvider",
          "editProvider",   "removeProvider",   "checkProvider", "whatIf",     "addRule",         "editRule",        "removeRule",
          "addNetwork",     "removeNetwork",    "markAlarms"}) {
        if (fails)
            m_scene->console.failAlways(QString::fromLatin1(order), {.code = ErrorCode::Conflict, .detail = forTheLog});
    }
    // A key's state decides what it permits, and so does a rule's kind.
    const bool dependsOnRow = page == "keys"_L1 || page == "mail"_L1 || page == "providers"_L1 || page == "limits"_L1
                              || page == "activity"_L1 || page == "alarms"_L1;
    for (const int row : dependsOnRow ? QList {0, 1, 2, 3, 4} : QList {2}) {
        for (QAbstractButton *button : shown->findChildren<QAbstractButton *>()) {
            for (auto *table : shown->findChildren<QTableView *>())
                table->selectRow(row);
            if (!button->isVisible() || !button->isEnabled())
                continue;
            button->click();
            settle();
            sayYes();
            read();
            desktop->window().pages().showPage(page);
        }
    }
    verify();
}

void TestLanguages::state_isTranslated_data()
{
    QTest::addColumn<ServerState>("state");
    for (const ServerState state : {ServerState::Stopped, ServerState::Starting, ServerState::Running, ServerState::Paused,
                                    ServerState::Stopping, ServerState::Failed})
        QTest::newRow(namesOf<ServerState>[size_t(state)].data()) << state;
}

void TestLanguages::state_isTranslated()
{
    QFETCH(ServerState, state);
    auto &server = m_scene->console.overviewNow.server;
    server.state = state;
    if (state == ServerState::Failed) {
        server.problem = forTheLog;
        server.problemCode = nameOf(ErrorCode::AddressTaken);
        server.otherPort = OtherPort {.port = 8001, .sourceName = {}};
    }
    server.url = u"https://localhost:8443"_s;
    server.addresses = {server.url, u"unix:/run/warder/warder.sock"_s};
    server.certificateUntil = m_scene->clock.now() + std::chrono::days {9};
    for (const auto &code : {u"disk_full"_s, u"clock_jumped"_s, u"unheard_of"_s})
        server.problems += ProblemView {.code = code,
                                        .detail = code == "unheard_of"_L1 ? u"4711"_s : forTheLog,
                                        .since = m_scene->clock.now(),
                                        .down = code == "disk_full"_L1};
    const auto desktop = openAt(u"overview"_s);
    m_scene->console.publish({m_scene->alarm(AlarmType::RefreshReused, u"ada@example.com"_s, u"192.0.2.7"_s),
                              m_scene->alarm(AlarmType::BruteForce, u"ada@example.com"_s, u"192.0.2.7"_s),
                              m_scene->alarm(AlarmType::BruteForce, u"ada@example.com"_s, u"192.0.2.7"_s)});
    read();
    desktop->window().askToQuit();
    read();
    desktop->window().askToStop();
    read();
    desktop->window().findChild<QAction *>(u"switch"_s)->trigger();
    read();
    m_scene->console.failAlways(u"overview"_s, {.code = ErrorCode::Busy, .detail = forTheLog});
    const int before = m_scene->console.askedCount(u"overview"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"overview"_s) > before + 1);
    read(); // it does not answer
    verify();
}

void TestLanguages::firstSteps_areTranslated()
{
    const auto desktop = openAt(u"overview"_s, false);
    desktop->window().findChild<QAction *>(u"firstSteps"_s)->trigger();
    read();
    verify();
}

void TestLanguages::factors_areTranslated_data()
{
    QTest::addColumn<bool>("hasPassword");
    QTest::addColumn<bool>("required");
    QTest::newRow("password") << true << false;
    QTest::newRow("password, required") << true << true;
    QTest::newRow("no password") << false << false;
}

/// What a user may have, and what to fix next, all of it.
void TestLanguages::factors_areTranslated()
{
    QFETCH(bool, hasPassword);
    QFETCH(bool, required);
    m_scene->fill();
    for (auto &setting : m_scene->console.settingRows)
        setting.value = setting.key == "http.cookies_insecure"_L1 ? u"true"_s : u"https://example.com"_s;
    m_scene->console.settingRows +=
        {{.key = u"http.listen"_s, .value = u"0.0.0.0:8000"_s, .defaultValue = {}, .sourceName = {}, .text = {}},
         {.key = u"mfa.required"_s, .value = required ? u"all"_s : u"none"_s, .defaultValue = {}, .sourceName = {}, .text = {}}};
    const auto desktop = openAt(u"overview"_s, false);
    read();
    FactorsView onlyApps = m_scene->everyFactor();
    onlyApps.passkeys.clear();
    onlyApps.recoveryCodesLeft = 0;
    FactorsView onlyPasskeys {.totp = {}, .passkeys = m_scene->everyFactor().passkeys};
    for (FactorsView factors : {FactorsView(), m_scene->everyFactor(), onlyApps, onlyPasskeys}) {
        factors.required = required;
        UserView &user = m_scene->console.userRows[1];
        user.passwordScheme = hasPassword ? u"argon2id"_s : QString();
        m_scene->giveFactors(1, factors);
        desktop->window().pages().showPage(u"users"_s);
        auto *page = desktop->window().findChild<QWidget *>(u"users"_s);
        settle();
        listOf(*page)->selectRow(1);
        m_scene->console.publish({user});
        settle();
        read();
        for (auto *button : page->findChildren<QAbstractButton *>()) {
            if (button->toolTip().isEmpty() && button->isEnabled() && button->text().contains(u"ƒåçţöřš"_s))
                button->click();
        }
        settle();
        sayYes();
        read();
    }
    verify();
}

/// Every kind of mail, every state, and whatever may be wrong with the way they go.
void TestLanguages::mails_areTranslated()
{
    m_scene->fill();
    MailOverview mail = m_scene->console.mailNow;
    MailView row = m_scene->console.mailRows.first();
    QStringList texts;
    for (const auto &kind :
         {"verify_email",       "reset_password",        "password_changed",    "email_change_notice",    "email_change_confirm",
          "email_changed",      "sign_in_link",          "new_device",          "factor_added",           "factor_removed",
          "recovery_code_used", "second_factor_guessed", "passkey_added",       "passkey_removed",        "account_exists",
          "identity_linked",    "identity_removed",      "invitation",          "recovery_codes_renewed", "test",
          "verify_address",     "forgot_password",       "private_registration"}) {
        row.kind = QString::fromLatin1(kind);
        row.isRequest = QList<QByteArray>({"verify_address", "forgot_password", "private_registration"}).contains(kind);
        const Confirmation question = MailTexts::beforeDrop({row});
        texts += {MailTexts::kind(row), question.question, question.effect};
    }
    for (int state = 0; state <= int(MailState::Failed); ++state) {
        row.state = MailState(state);
        for (const bool again : {false, true}) {
            row.attempts = again ? 1 : 0;
            row.mayRetry = again;
            texts += {MailTexts::state(row), MailTexts::explained(row)};
        }
    }
    const ProblemView trouble {.code = {}, .detail = u"4711"_s, .since = m_scene->clock.now()};
    for (const auto &transport : {u"off"_s, u"log"_s, u"file"_s, u"smtp"_s}) {
        mail.transport = transport;
        texts += {MailTexts::transport(mail), MailTexts::remark(mail), MailTexts::trouble(mail, trouble, m_scene->clock.now())};
    }
    mail.sentLastHour = mail.mostAnHour;
    texts += MailTexts::remark(mail);
    mail.templateFaults = {u"4711"_s};
    texts += MailTexts::remark(mail);
    mail.warnings = {u"4711"_s};
    texts += MailTexts::remark(mail);
    mail.whyNot = u"4711"_s;
    texts += MailTexts::trouble(mail, std::nullopt, m_scene->clock.now());
    for (const MailTestView &answer : {MailTestView {.sent = true, .code = 0, .line = u"4711"_s, .place = {}},
                                       MailTestView {.sent = false, .code = 0, .line = u"4711"_s, .place = {}}})
        texts += MailTexts::tested(u"ada@example.com"_s, answer);
    const auto desktop = openAt(u"mail"_s, false);
    read(); // knows what is data
    check(texts);
    m_scene->console.mailRows.clear();
    for (const auto &transport : {u"off"_s, u"smtp"_s}) {
        m_scene->console.mailNow.transport = transport;
        desktop->window().pages().refreshAll();
        settle();
        read();
    }
    verify();
}

void TestLanguages::providers_areTranslated()
{
    QStringList texts;
    for (const QString &kind : ProviderTexts::kinds())
        texts += {ProviderTexts::registration(kind)};
    m_scene->fill();
    const auto desktop = openAt(u"providers"_s, false);
    read(); // knows what is data
    check(texts);
    for (const auto outcome : {ProviderCheckOutcome::Bad, ProviderCheckOutcome::Good}) {
        for (ProviderCheckView &step : m_scene->console.providerSteps)
            step.outcome = outcome;
        check({ProviderTexts::verdict(m_scene->console.providerSteps)});
    }
    m_scene->console.removal = {};
    check({ProviderTexts::beforeRemoval(m_scene->console.providerRows.first(), {}).effect,
           ProviderTexts::gone(m_scene->console.providerRows.first().label)});
    UserView &user = m_scene->console.userRows[1];
    user.invitedAt = m_scene->clock.now();
    m_scene->console.identities[user.id] = m_scene->bothIdentities();
    for (const auto &scheme : {u"argon2id"_s, QString()}) {
        user.passwordScheme = scheme;
        desktop->window().pages().showPage(u"users"_s);
        settle();
        listOf(*desktop->window().findChild<QWidget *>(u"users"_s))->selectRow(1);
        m_scene->console.publish({user});
        settle();
        read();
    }
    verify();
}

/// Every rule that there may be, every view and its orders.
void TestLanguages::limits_areTranslated()
{
    QStringList texts;
    for (const auto &rule :
         {u"login_per_address"_s, u"login_per_account"_s, u"login_backoff"_s, u"login_backoff_account"_s, u"login_proof"_s,
          u"login_stuffing"_s, u"mfa_per_address"_s, u"mfa_backoff"_s, u"passkey_per_address"_s, u"oauth_per_address"_s,
          u"register_per_address"_s, u"mail_per_address"_s, u"refresh_per_address"_s, u"refresh_per_session"_s, u"account_per_address"_s})
        texts += LimitTexts::name(rule);
    WhatIfView answer {.from = m_scene->clock.now(), .to = m_scene->clock.now()};
    texts += LimitTexts::whatIf(answer);
    answer.from -= 3h;
    texts += LimitTexts::whatIf(answer);
    answer.isCut = true;
    texts += LimitTexts::whatIf(answer);
    answer.requests = 7;
    texts += LimitTexts::whatIf(answer);
    answer.denied = 3;
    texts += LimitTexts::whatIf(answer);
    answer.tellsOnly = true;
    texts += LimitTexts::whatIf(answer);
    const auto desktop = openAt(u"limits"_s);
    read(); // knows what is data
    check(texts);
    auto *page = desktop->window().findChild<QWidget *>(u"limits"_s);
    for (int view = 0; view < 5; ++view) {
        page->findChild<Chips *>(QString(), Qt::FindDirectChildrenOnly)->choose(view);
        settle();
        QWidget *shown = page->findChild<QStackedWidget *>(QString(), Qt::FindDirectChildrenOnly)->currentWidget();
        for (QAbstractButton *button : shown->findChildren<QAbstractButton *>()) {
            for (auto *table : shown->findChildren<QTableView *>())
                table->selectRow(0);
            if (!button->isVisible() || !button->isEnabled())
                continue;
            button->click();
            settle();
            sayYes();
            read();
            desktop->window().pages().showPage(u"limits"_s);
        }
    }
    verify();
}

/// A record in full, whatever belongs to it, and why something was refused, picked from the list.
void TestLanguages::records_areTranslated()
{
    const auto desktop = openAt(u"activity"_s);
    read(); // knows what is data
    auto *page = desktop->window().findChild<QWidget *>(u"activity"_s);
    auto *table = listOf(*page);
    for (const int row : {0, 2, 4}) {
        table->selectRow(row);
        table->actions().first()->trigger(); // what Enter does
        settle();
        QVERIFY(page->findChild<QDialog *>());
        read();
    }
    desktop->window().pages().askWhyRefused();
    settle();
    auto *dialog = page->findChild<QDialog *>();
    for (const int row : {0, 1}) {
        dialog->findChild<QTableView *>()->selectRow(row);
        settle();
        check(textsIn(*dialog));
    }
    verify();
}

/// All settings there are, with what is said of each, and a search that finds none.
void TestLanguages::settings_areTranslated()
{
    m_scene->fillSettings();
    const auto desktop = openAt(u"settings"_s, false);
    read(); // knows what is data
    for (const SettingView &setting : std::as_const(m_scene->console.settingRows)) {
        check({SettingTexts::name(setting.key), SettingTexts::sentence(setting), SettingTexts::facts(setting), SettingTexts::lock(setting),
               SettingTexts::fault(setting, u"4711"_s), SettingTexts::moved(setting), SettingTexts::waiting(setting),
               SettingTexts::change(setting, setting.defaultValue)});
    }
    auto *page = desktop->window().findChild<QWidget *>(u"settings"_s);
    auto *filter = page->findChild<FilterBox *>();
    filter->setText(u"4711"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    read();
    QTest::keyClick(filter, Qt::Key_Escape);
    page->findChild<QLineEdit *>(u"http.threads"_s)->setFocus();
    QTest::keyClicks(page->findChild<QLineEdit *>(u"http.threads"_s), u"4711"_s);
    read();
    verify();
}

void TestLanguages::tuning_isTranslated_data()
{
    QTest::addColumn<bool>("bcrypt");
    QTest::addColumn<double>("microseconds");
    QTest::newRow("a quick machine") << false << 0.5;
    QTest::newRow("one that is too slow") << false << 10.0;
    QTest::newRow("bcrypt") << true << 20.0;
}

void TestLanguages::tuning_isTranslated()
{
    QFETCH(bool, bcrypt);
    QFETCH(double, microseconds);
    m_scene->fillSettings();
    m_scene->console.microsecondsOfWork = microseconds;
    if (bcrypt)
        m_scene->console.hashing = viewOfHashing({.algorithm = HashingPolicy::Algorithm::Bcrypt}, 8, 8);
    const auto desktop = openAt(u"settings"_s, false);
    auto *tune = desktop->window().findChild<QPushButton *>(u"tuneHashing"_s);
    QTRY_VERIFY(tune->isVisible());
    tune->click();
    settle();
    desktop->window().findChild<QPushButton *>(u"measure"_s)->click();
    settle();
    read();
    verify();
}

/// Whatever may be the matter with a backup, and the dialog that lists, makes and checks them.
void TestLanguages::backups_areTranslated()
{
    const TimePoint now = m_scene->clock.now();
    FakeConsole &console = m_scene->console;
    const BackupView good {.file = u"/data/backups/4711.db"_s, .size = 2'000'000, .createdAt = now, .checkedAt = now};
    QStringList texts {BackupTexts::state(good), BackupTexts::explained(good, now), BackupTexts::made(good)};
    BackupView row = good;
    for (size_t fault = 0; fault < namesOf<BackupFault>.size(); ++fault) {
        row.fault = BackupFault(fault);
        texts += {BackupTexts::state(row), BackupTexts::explained(row, now)};
    }
    row.fault.reset();
    for (const KeyFit key : {KeyFit::Other, KeyFit::Missing}) {
        row.key = key;
        texts += BackupTexts::explained(row, now);
    }
    row.checkedAt.reset();
    texts += {BackupTexts::state(row), BackupTexts::explained(row, now)};
    BackupsView byHand = console.backups;
    byHand.every = Seconds {0};
    texts += BackupTexts::arrangement(byHand);
    const QString file = good.file;
    const QString who = console.userRows.isEmpty() ? QString() : console.userRows.first().email;
    const DifferingRows rows {.count = 7, .first = {who}};
    RestorePreview preview {.file = file, .createdAt = now, .digest = {}};
    preview.difference = BackupDifference {rows, rows, rows, rows, rows, rows, rows, rows};
    texts += {BackupTexts::restoreQuestion(preview), BackupTexts::consequences(preview)};
    preview.difference = BackupDifference {};
    texts += BackupTexts::consequences(preview);
    preview.difference.reset();
    texts += BackupTexts::consequences(preview);
    preview.key = KeyFit::Missing;
    texts += BackupTexts::needsOtherKey(preview);
    RestoreOutcome outcome {.order = {}, .at = now, .file = file, .kept = file};
    texts += BackupTexts::outcome(outcome);
    outcome.file.clear();
    texts += BackupTexts::outcome(outcome);
    outcome.problem = u"4711"_s;
    texts += BackupTexts::outcome(outcome);
    console.backups.backups = {good};
    const auto desktop = openAt(u"overview"_s, false);
    read(); // knows what is data
    check(texts);
    for (const auto &order : {u"create"_s, u"verify"_s, u"restore"_s}) {
        desktop->window().showBackups();
        settle();
        desktop->window().findChildren<BackupsDialog *>().last()->findChild<QPushButton *>(order)->click();
        settle();
        read();
    }
    verify();
}

void TestLanguages::menus_areTranslated()
{
    const auto desktop = openAt(u"keys"_s);
    for (const QAction *menu : desktop->window().menuBar()->actions()) {
        for (QAction *action : menu->menu()->actions()) {
            action->trigger();
            read();
        }
    }
    verify();
}

/// Every reason not to reach a server on another machine, and what the window of one says otherwise.
void TestLanguages::elsewhere_isTranslated()
{
    m_scene->fill();
    RemoteLine line({.user = u"root"_s, .host = u"auth.example.com"_s, .port = 2222});
    PageContext context = m_scene->context();
    context.ofService = true;
    context.elsewhere = &line;
    Desktop desktop(context);
    desktop.open();
    for (const QLatin1StringView name : namesOf<RemoteTrouble>) {
        for (const auto phase : {RemoteLineState::Phase::Connecting, RemoteLineState::Phase::Lost}) {
            m_scene->console.failAlways(u"overview"_s, {.code = ErrorCode::Busy, .detail = forTheLog});
            line.set({.phase = phase, .trouble = *fromName<RemoteTrouble>(QString(name)), .said = u"ssh"_s});
            read();
        }
    }
    m_scene->console.failNoMore();
    line.set({.phase = RemoteLineState::Phase::Connected});
    read();
    desktop.window().askToStop();
    read();
    for (const PlaceFault fault : {PlaceFault::Missing, PlaceFault::UserMalformed, PlaceFault::HostMalformed, PlaceFault::PortMalformed,
                                   PlaceFault::FolderMalformed})
        check({LineTexts::of(fault)});
    verify();
}

void TestLanguages::serviceQuestions_areTranslated()
{
    const QString folder = u"/var/lib/warder"_s;
    for (const auto &ask : std::initializer_list<std::function<ServerChoice()>> {
             [&] { return service_questions::whichServer(folder); }, [] { return service_questions::notRunning(); },
             [&] { return service_questions::notAllowed(folder, u"sudo"_s); }}) {
        QTimer::singleShot(0, qApp, [this] { read(); });
        QCOMPARE(ask(), ServerChoice::Neither);
    }
    for (const auto &package : {u"deb"_s, u"bundle"_s, u"source"_s})
        check({aboutUpdates(package)});
    m_count = 100;
    verify();
}

/// Codes that the core has today: each has words, whatever the scene shows.
void TestLanguages::everyCode_isTranslated()
{
    QStringList texts;
    for (int code = int(ErrorCode::InvalidInput); code <= int(ErrorCode::Internal); ++code)
        texts += UiTexts::of(Error {.code = ErrorCode(code), .retryAfter = std::chrono::seconds {90}})
                     .remove(QLatin1StringView(nameOf(ErrorCode(code))));
    using enum ErrorCode;
    for (const ErrorCode code : {NotFound, Conflict, SettingFixed, Busy, EmailTaken, LimitReached, AddressTaken, AddressForbidden,
                                 AddressForeign, CertificateInvalid, ServerOutdated, ProgramOutdated, ConnectionLost, AlreadyRunning}) {
        const Error error {.code = code, .detail = forTheLog, .retryAfter = std::chrono::seconds {90}, .ended = 3};
        texts += {UiTexts::of(error), UiTexts::why(error)};
    }
    for (const StorageTrouble trouble : {StorageTrouble::Locked, StorageTrouble::Full, StorageTrouble::ReadOnly, StorageTrouble::Damaged}) {
        texts += UiTexts::of(Error {.code = StorageFailure, .detail = forTheLog, .trouble = trouble});
        texts += UiTexts::of(Error {.code = StorageFailure, .detail = forTheLog, .trouble = trouble, .ended = 0});
    }
    for (const Seconds wait : {Seconds {600}, Seconds {86'400}})
        texts += UiTexts::of(Error {.code = ErrorCode::LimitReached, .retryAfter = wait});
    texts += {Times::up(Seconds {600}), Times::up(Seconds {864'000})};
    QStringList reasons {u"expired"_s};
    for (int end = 0; end <= int(SessionEnd::Reported); ++end)
        reasons += nameOf(SessionEnd(end));
    for (const QString &reason : reasons) {
        SessionView session = m_scene->session(1);
        session.endReason = reason;
        texts += {UiTexts::endReason(session.endReason), UiTexts::endExplained(session)};
    }
    for (int what = 0; what <= int(Rotation::Reused); ++what) {
        const RefreshView use {
            .what = Rotation(what), .generation = 5, .at = m_scene->clock.now(), .address = {}, .device = {}, .times = 2};
        for (const DetailsPanel::Fact &fact : SessionTexts::chain(m_scene->session(1), {use}, m_scene->clock.now()))
            texts += {fact.name, fact.value};
    }
    const QString four = u"4711"_s;
    texts += {SessionTexts::whoseEnd({}, {}), SessionTexts::whoseEnd({.text = four}, {}), SessionTexts::whoseEnd({.user = Id()}, four),
              SessionTexts::whoseEnd({.text = four, .user = Id()}, four), SessionTexts::whoseEnd({.address = four}, {})};
    texts += {SessionTexts::unread({}).value, SessionTexts::noneLive(), SessionTexts::nothingLeft(), SessionTexts::countChanged(),
              SessionTexts::tooMany(10'000),  SessionTexts::notRead(3), SessionTexts::ending(3),     SessionTexts::stopped()};
    for (int state = 0; state <= int(KeyState::Revoked); ++state)
        texts += UiTexts::keyState(KeyState(state));
    const QList<Fault> faults {
        {.type = u"string_too_short"_s, .location = {u"email"_s}, .message = {}},
        {.type = u"string_too_long"_s, .location = {u"email"_s}, .message = {}},
        {.type = u"string_too_long"_s, .location = {u"email"_s}, .message = {}, .context = {{u"unit"_s, u"bytes"_s}}},
        {.type = u"missing"_s, .location = {u"email"_s}, .message = {}},
        {.type = u"value_error"_s, .location = {u"email"_s}, .message = u"4711"_s},
        {.type = u"value_error"_s, .location = {u"roles"_s}, .message = u"4711"_s}};
    texts += UiTexts::of(Error {.code = ErrorCode::InvalidInput, .faults = faults});
    for (const auto source : {SettingSource::File, SettingSource::Environment, SettingSource::CommandLine})
        texts += UiTexts::placeOf({.source = source, .sourceName = u"4711"_s});
    texts += {UiTexts::device({}), UiTexts::sessions(3)};
    for (const QString &method : {u"password"_s, u"passkey"_s, u"otp"_s})
        texts += UiTexts::method(method, {u"pwd"_s, u"otp"_s, u"pop"_s});
    check(texts);
    m_count = 100;
    verify();
}

void TestLanguages::page_cutsNoMore()
{
    QFETCH(QString, page);
    QFETCH(bool, full);
    const QStringList other = cutPlaces(openAt(page, full)->window());
    cleanup();
    init();
    QCoreApplication::removeTranslator(m_language.get());
    const QStringList english = cutPlaces(openAt(page, full)->window());
    for (const QString &each : other)
        QVERIFY2(english.contains(each), qPrintable(each));
}

void TestLanguages::english_hasPluralForms()
{
    QCoreApplication::removeTranslator(m_language.get());
    QCOMPARE(UiTexts::sessions(1), u"one session"_s);
    QCOMPARE(UiTexts::sessions(2), u"2 sessions"_s);
}

int main(int argc, char *argv[])
{
    qputenv("TZ", "UTC");
    QApplication app(argc, argv);
    QApplication::setStyle(u"Fusion"_s);
    QFont font(u"DejaVu Sans"_s);
    font.setPointSizeF(9.5);
    QApplication::setFont(font);
    QApplication::setQuitOnLastWindowClosed(false);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); // dates in figures
    TestLanguages test;
    return QTest::qExec(&test, argc, argv);
}
#include "TestLanguages.moc"
