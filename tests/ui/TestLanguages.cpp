#include "core/sessions/Session.h"
#include "tests/ui/support/PseudoLanguage.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/WindowTexts.h"
#include "ui/About.h"
#include "ui/Desktop.h"
#include "ui/ServiceQuestions.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

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
#include <QRegularExpression>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr std::array pages {"overview", "sessions", "users", "limits", "keys"};

const QString forTheLog = u"the core says this in English"_s;

/// What the console said as it is: names, addresses, ids, keys of settings. Codes, which the window has words for, are not among it, and
/// neither are the details of what went wrong.
QString dataOf(const FakeConsole &console)
{
    QStringList data {
        u"Warder http https unix curl Content Type application json email password correct horse battery register ada example com POST "_s,
        u"sudo systemctl start warder data dir var lib listen set file env well known jwks json RS PS "_s,
        u"WARDER_URL WARDER_COOKIES_INSECURE true false warderd starter master key export my app localhost socket http.allowed_origins"_s,
        QCoreApplication::applicationName(), QCoreApplication::applicationVersion()};
    const ServerView &server = console.overviewNow.server;
    data << server.url << server.addresses << server.configured << server.dataDirectory << console.settingsWaiting;
    for (const ProblemView &each : server.problems)
        data << each.code;
    for (const SessionView &each : console.sessionRows)
        data << each.email << each.device << each.userAgent << each.address << each.lastAddress << each.id.toString();
    for (const UserView &each : console.userRows)
        data << each.email << each.name << each.roles << each.passwordScheme << each.id.toString();
    for (const RuleView &each : console.rules)
        data << each.name << each.appliesTo;
    for (const LimitedView &each : console.limited)
        data << each.key << each.rule;
    for (const KeyView &each : console.keyRows)
        data << each.kid << each.algorithm << each.nextAlgorithm.value_or(QString());
    for (const KeyConsumerView &each : console.consumers)
        data << each.userAgent << each.address;
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
    void menus_areTranslated();
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
    if (auto *table = desktop->window().findChild<QWidget *>(page)->findChild<QTableView *>(); table && table->isVisible())
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
    for (const char *page : pages) {
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
    if (auto *filter = desktop->window().findChild<QWidget *>(page)->findChild<QLineEdit *>()) {
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
    for (const char *page : pages) {
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
    for (const char *order : {"revokeSessions", "revokeShown", "createUser", "editUser", "setUserDisabled", "setUserPassword",
                              "endSessionsOf", "rotateKey", "revokeKey", "restoreKey", "removeKey", "importKey", "unblock"}) {
        if (fails)
            m_scene->console.failAlways(QString::fromLatin1(order), {.code = ErrorCode::Conflict, .detail = forTheLog});
    }
    for (const int row : page == "keys"_L1 ? QList {0, 1, 2, 3, 4} : QList {2}) { // a key's state decides what it permits
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
                                 AddressForeign, CertificateInvalid, ServerOutdated, ProgramOutdated, AlreadyRunning}) {
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
    for (int end = 0; end <= int(SessionEnd::KeyRevoked); ++end)
        reasons += nameOf(SessionEnd(end));
    for (const QString &reason : reasons) {
        SessionView session = m_scene->session(1);
        session.endReason = reason;
        texts += {UiTexts::endReason(session.endReason), UiTexts::endExplained(session)};
    }
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
