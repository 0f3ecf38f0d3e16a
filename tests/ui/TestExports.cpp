#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/OpenPage.h"
#include "ui/activity/ActivityPage.h"
#include "ui/alarms/AlarmsPage.h"
#include "ui/keys/KeysPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/mail/MailPage.h"
#include "ui/providers/ProvidersPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/support/Csv.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/WorkBar.h"

#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Ctrl+E writes what the list holds, and says where it is, or why it is not there.
class TestExports : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void list_writesAllThatMatch_data();
    void list_writesAllThatMatch();
    void selection_isWritten_data();
    void selection_isWritten();
    void table_saysWhereItWrote_data();
    void table_saysWhereItWrote();
    void longExport_showsHowFarItIs_andCanBeStopped();
    void secondExport_saysThatItMustWait();
    void failure_saysWhyNot();
    void age_isWrittenAsTime();
    void number_isWrittenWithoutSeparators();
    void failure_staysUntilOneSucceeds_data();
    void failure_staysUntilOneSucceeds();
    void csv_isSafeAndExact_data();
    void csv_isSafeAndExact();

private:
    std::unique_ptr<Page> open(const QString &key);
    static QString countOf(const QWidget &page) { return page.findChild<QLabel *>(u"count"_s)->text(); }
    /// `meanwhile`: what happens while the dialog stands.
    void exportTo(QWidget &page, const QString &file, const std::function<void()> &meanwhile = [] {});

    std::unique_ptr<Scene> m_scene;
};

void TestExports::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
}

std::unique_ptr<Page> TestExports::open(const QString &key)
{
    if (key == "limits"_L1)
        return openPage<LimitsPage>(*m_scene);
    if (key == "keys"_L1)
        return openPage<KeysPage>(*m_scene);
    if (key == "mail"_L1)
        return openPage<MailPage>(*m_scene);
    if (key == "providers"_L1)
        return openPage<ProvidersPage>(*m_scene);
    if (key == "activity"_L1)
        return openPage<ActivityPage>(*m_scene);
    if (key == "alarms"_L1)
        return openPage<AlarmsPage>(*m_scene);
    return key == "users"_L1 ? std::unique_ptr<Page>(openPage<UsersPage>(*m_scene)) : openPage<SessionsPage>(*m_scene);
}

void TestExports::exportTo(QWidget &page, const QString &file, const std::function<void()> &meanwhile)
{
    listOf(page)->setFocus(Qt::TabFocusReason);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    press(Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(page.findChild<QFileDialog *>(u"export"_s));
    auto *dialog = page.findChildren<QFileDialog *>(u"export"_s).last();
    dialog->selectFile(file);
    meanwhile();
    QMetaObject::invokeMethod(dialog, "accept");
}

void TestExports::list_writesAllThatMatch_data()
{
    QTest::addColumn<bool>("ofUsers");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("rows");
    QTest::newRow("all users, though 200 are read") << true << u""_s << 260;
    QTest::newRow("users that match") << true << u"zuse"_s << 21;
    QTest::newRow("no user") << true << u"nobody"_s << 0;
    QTest::newRow("all sessions, though 200 are read") << false << u""_s << 240;
}

void TestExports::list_writesAllThatMatch()
{
    QFETCH(bool, ofUsers);
    QFETCH(QString, filter);
    QFETCH(int, rows);
    const QString path = m_scene->folder.filePath(u"out.csv"_s);
    std::unique_ptr<Page> page;
    if (ofUsers) {
        auto users = openPage<UsersPage>(*m_scene);
        if (!filter.isEmpty())
            users->filterBy({.text = filter});
        page = std::move(users);
    } else {
        page = openPage<SessionsPage>(*m_scene);
    }
    if (rows == 0) {
        QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
        return; // nothing stands there, nothing can be exported
    }
    QTRY_VERIFY(countOf(*page).contains(QString::number(rows)));
    exportTo(*page, path);
    QTRY_VERIFY(messageOf(*page).contains(path));
    QVERIFY(messageOf(*page).contains(u"Wrote %1 rows"_s.arg(rows)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u"\r\n"_s);
    QCOMPARE(lines.size(), rows + 2); // the titles, and the end of the last line
    QVERIFY(lines.first().startsWith(u"\"id\",\""_s));
    QVERIFY(QRegularExpression(u"\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:Z|[+-]\\d\\d:\\d\\d)\""_s).match(lines[1]).hasMatch());
    if (ofUsers && filter.isEmpty())
        QVERIFY(lines[1].startsWith(
            u"\"%1\",\"%2\""_s.arg(m_scene->console.userRows.first().id.toString(), m_scene->console.userRows.first().email)));
}

void TestExports::selection_isWritten_data()
{
    QTest::addColumn<int>("choice");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("rows");
    QTest::newRow("all that match") << 0 << u"All that match: 260 rows (*.csv)"_s << 260;
    QTest::newRow("what was read") << 1 << u"Shown: 200 rows (*.csv)"_s << 200;
    QTest::newRow("what is selected") << 2 << u"Selected: 3 rows (*.csv)"_s << 3;
}

/// The kinds of file that the dialog offers.
void TestExports::selection_isWritten()
{
    QFETCH(int, choice);
    QFETCH(QString, words);
    QFETCH(int, rows);
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(countOf(*page).startsWith(u"260"_s));
    listOf(*page)->setFocus(Qt::TabFocusReason);
    listOf(*page)->selectRow(4);
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    const QString path = m_scene->folder.filePath(u"out.csv"_s);
    exportTo(*page, path, [&] {
        auto *dialog = page->findChildren<QFileDialog *>(u"export"_s).last();
        QCOMPARE(dialog->nameFilters()[choice], words);
        dialog->selectNameFilter(words);
    });
    QTRY_VERIFY(messageOf(*page).contains(u"Wrote %1 rows"_s.arg(rows)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u"\r\n"_s);
    QCOMPARE(lines.size(), rows + 2);
    if (choice == 2)
        QVERIFY(lines[1].contains(m_scene->console.userRows[4].email));
}

void TestExports::table_saysWhereItWrote_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("words");
    QTest::newRow("rules") << u"limits"_s << u"Wrote 7 rows to %1."_s;
    QTest::newRow("keys") << u"keys"_s << u"Wrote 5 rows to %1."_s;
    QTest::newRow("mails") << u"mail"_s << u"Wrote 40 rows to %1."_s;
    QTest::newRow("providers") << u"providers"_s << u"Wrote 5 rows to %1."_s;
    QTest::newRow("activity") << u"activity"_s << u"Wrote 60 rows to %1."_s;
    QTest::newRow("alarms") << u"alarms"_s << u"Wrote 5 rows to %1."_s; // that nobody has called done
}

void TestExports::table_saysWhereItWrote()
{
    QFETCH(QString, key);
    QFETCH(QString, words);
    const auto page = open(key);
    QTRY_VERIFY(listOf(*page)->model()->rowCount() > 0);
    const QString path = m_scene->folder.filePath(u"out.csv"_s);
    const QSignalSpy done(page.get(), &Page::done);
    exportTo(*page, path);
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.first().first().toString(), words.arg(path));
    QVERIFY(QFile::exists(path));
    QVERIFY(page->problems().isEmpty());
}

/// What is an age on the screen is a time in a file.
void TestExports::age_isWrittenAsTime()
{
    const auto page = open(u"keys"_s);
    QTRY_VERIFY(listOf(*page)->model()->rowCount() > 0);
    for (const KeyView &key : m_scene->console.keyRows)
        QVERIFY(listOf(*page)->asCsv().contains(Csv::cell(Csv::time(key.createdAt))));
}

/// 4.211 on a German screen would be a little over four to a spreadsheet.
void TestExports::number_isWrittenWithoutSeparators()
{
    const auto back = qScopeGuard([before = QLocale()] { QLocale::setDefault(before); });
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    m_scene->console.rules.first().allowed = 4211;
    const auto page = open(u"limits"_s);
    QTRY_VERIFY(listOf(*page)->model()->rowCount() > 0);
    const QString csv = listOf(*page)->asCsv();
    QVERIFY2(csv.contains(Csv::cell(u"4211"_s)), qPrintable(csv));
    QVERIFY2(!csv.contains(u"4.211"_s), qPrintable(csv));
    QCOMPARE(listOf(*page)->model()->index(0, 5).data().toString(), u"4.211"_s);
}

void TestExports::failure_staysUntilOneSucceeds_data()
{
    QTest::addColumn<QString>("key");
    for (const char *key : {"limits", "keys", "users", "sessions"})
        QTest::newRow(key) << QString::fromLatin1(key);
}

void TestExports::failure_staysUntilOneSucceeds()
{
    QFETCH(QString, key);
    const auto page = open(key);
    QTRY_VERIFY(listOf(*page)->model()->rowCount() > 0);
    const QDir folder(m_scene->folder.filePath(u"gone"_s));
    QVERIFY(folder.mkpath(u"."_s));
    exportTo(*page, folder.filePath(u"out.csv"_s), [path = folder.path()] { QDir(path).removeRecursively(); });
    QTRY_COMPARE(page->problems().size(), 1);
    QVERIFY2(messageOf(*page).startsWith(folder.filePath(u"out.csv"_s) + u" could not be saved. The reason: “"_s),
             qPrintable(messageOf(*page)));
    Q_EMIT page->done(u"Revoked one session."_s); // another matter
    QCOMPARE(page->problems().size(), 1);
    exportTo(*page, m_scene->folder.filePath(u"out.csv"_s));
    QTRY_VERIFY(page->problems().isEmpty());
}

void TestExports::failure_saysWhyNot()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_VERIFY(countOf(*page).startsWith(u"240"_s));
    m_scene->console.failNext(u"sessions"_s, {.code = ErrorCode::StorageFailure, .detail = u"disk I/O error"_s});
    const QString path = m_scene->folder.filePath(u"out.csv"_s);
    exportTo(*page, path);
    QTRY_COMPARE(messageOf(*page),
                 path + u" could not be saved. "_s + UiTexts::of(Error {.code = ErrorCode::StorageFailure, .detail = u"disk I/O error"_s}));
    QVERIFY(!QFile::exists(path));
    QVERIFY(!page->findChild<WorkBar *>()->isBusy());
}

/// Of a list of three pages; what was stopped leaves nothing behind.
void TestExports::longExport_showsHowFarItIs_andCanBeStopped()
{
    for (int i = 0; i < 1000; ++i) {
        UserView user = m_scene->console.userRows.first();
        user.id = Id::create(m_scene->clock.now());
        user.email = u"zz%1@example.com"_s.arg(i, 4, 10, QChar(u'0'));
        m_scene->console.userRows += user;
    }
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(countOf(*page).startsWith(u"1,260"_s));
    const QString path = m_scene->folder.filePath(u"out.csv"_s);
    const auto *bar = page->findChild<QProgressBar *>();
    exportTo(*page, path, [this] { m_scene->console.hold(); });
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(bar->accessibleName(), u"Writing %1…"_s.arg(path));
    m_scene->console.release();
    m_scene->console.hold(); // the second page
    QTRY_COMPARE(bar->value(), 500);
    QCOMPARE(bar->maximum(), 1260);
    auto *stop = page->findChild<QPushButton *>(u"stopWork"_s);
    page->activateWindow(); // the dialog was in front
    QVERIFY(comesInFront(page.get()));
    stop->setFocus();
    press(Qt::Key_Space);
    QVERIFY(!page->findChild<WorkBar *>()->isVisible());
    m_scene->console.release();
    QVERIFY(settle());
    QVERIFY(!QFile::exists(path));
    QCOMPARE(QDir(m_scene->folder.path()).entryList({u"out.csv*"_s}, QDir::Files), QStringList()); // nor what was written for a while
    QVERIFY2(messageOf(*page).isEmpty(), qPrintable(messageOf(*page)));
    exportTo(*page, path); // and nothing is in the way of the next one
    QTRY_VERIFY(messageOf(*page).contains(u"Wrote 1,260 rows"_s));
    QVERIFY(QFile::exists(path));
}

/// Somebody has chosen a file: that nothing is in it is no secret.
void TestExports::secondExport_saysThatItMustWait()
{
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(countOf(*page).startsWith(u"260"_s));
    const QString path = m_scene->folder.filePath(u"out.csv"_s);
    const QString other = m_scene->folder.filePath(u"other.csv"_s);
    exportTo(*page, path, [this] { m_scene->console.hold(); });
    QTRY_VERIFY(page->findChild<WorkBar *>()->isVisible());
    page->activateWindow(); // the dialog was in front
    QVERIFY(comesInFront(page.get()));
    exportTo(*page, other);
    QTRY_COMPARE(messageOf(*page), other + u" could not be saved. "_s + WorkBar::whyBusy());
    QVERIFY(page->findChild<WorkBar *>()->isVisible());
    m_scene->console.release();
    QTRY_VERIFY(QFile::exists(path));
    QVERIFY(!QFile::exists(other));
    QTRY_VERIFY(page->problems().isEmpty());
}

void TestExports::csv_isSafeAndExact_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::newRow("a word") << u"ann"_s << u"\"ann\""_s;
    QTest::newRow("nothing") << u""_s << u"\"\""_s;
    QTest::newRow("quotes") << u"a \"b\""_s << u"\"a \"\"b\"\"\""_s;
    QTest::newRow("a line break") << u"a\nb"_s << u"\"a\nb\""_s;
    QTest::newRow("a comma") << u"a,b"_s << u"\"a,b\""_s;
    QTest::newRow("=") << u"=cmd()"_s << u"\"'=cmd()\""_s;
    QTest::newRow("+") << u"+1"_s << u"\"'+1\""_s;
    QTest::newRow("-") << u"-1"_s << u"\"'-1\""_s;
    QTest::newRow("@") << u"@SUM(1)"_s << u"\"'@SUM(1)\""_s;
    QTest::newRow("a tab") << u"\t=1"_s << u"\"'\t=1\""_s;
    QTest::newRow("a carriage return") << u"\r=1"_s << u"\"'\r=1\""_s;
    QTest::newRow("a line feed") << u"\n=1"_s << u"\"'\n=1\""_s;
    QTest::newRow("a wide =") << u"＝1"_s << u"\"'＝1\""_s;
    QTest::newRow("= further on") << u"a=1"_s << u"\"a=1\""_s;
    QTest::newRow("other scripts") << u"МАРИЯ 🦊 שלום"_s << u"\"МАРИЯ 🦊 שלום\""_s;
}

void TestExports::csv_isSafeAndExact()
{
    QFETCH(QString, text);
    QTEST(Csv::cell(text), "cell");
}

QTEST_MAIN(TestExports)
#include "TestExports.moc"
