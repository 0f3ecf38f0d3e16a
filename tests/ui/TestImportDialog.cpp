#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/users/UsersPage.h"
#include "ui/users/import/UserImportDialog.h"
#include "ui/widgets/InlineMessage.h"
#include "ui/widgets/WorkBar.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QByteArray hash = "$2b$04$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG";

} // namespace

/// Users of a file, from the choice of the file to the last word.
class TestImportDialog : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { m_page.reset(); } // before the console that it asks
    void file_isSeenAndImported();
    void faults_areListedByLine();
    void faultsOfForm_standAmongThem();
    void plainPasswords_areTold();
    void firebase_isAskedForItsParameters();
    void existingOnes_areCounted();
    void nothingNew_importsNothing();
    void unreadableFile_isSaid();
    void fileThatDoesNotAnswer_holdsNobodyUp();
    void fileThatDoesNotAnswer_isGivenUp();
    void database_isReadAgain_whileTheFormerDialogEnds();
    void manyLines_areReadPieceByPiece();
    void cancelled_isForgotten();
    void stopped_isTold();
    void failure_isSaidInPlace();
    void import_isReachedFromThePage();

private:
    QString write(const QByteArray &text, const QString &name = u"users.csv"_s) const;
    static QByteArray rows(int many);
    UserImportDialog *open(const QString &file);
    static QString counts(const QDialog &dialog) { return dialog.findChild<QLabel *>(u"counts"_s)->text(); }
    static QPushButton *importOf(const QDialog &dialog) { return dialog.findChild<QPushButton *>(u"import"_s); }

    std::unique_ptr<UsersPage> m_page;
    QStringList m_said;
};

QString TestImportDialog::write(const QByteArray &text, const QString &name) const
{
    QFile file(m_scene->folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write");
    return file.fileName();
}

/// As the tutorial's table has them.
QByteArray TestImportDialog::rows(int many)
{
    QByteArray csv = "username,hashed_password,full_name\n";
    for (int i = 0; i < many; ++i)
        csv += "u" + QByteArray::number(i) + "@example.com," + hash + ",User\n";
    return csv;
}

UserImportDialog *TestImportDialog::open(const QString &file)
{
    m_page = openPage<UsersPage>(*m_scene);
    m_said.clear();
    auto *dialog = new UserImportDialog(m_scene->context(), file, m_page.get(), [this](const QString &said) { m_said += said; });
    dialog->open();
    return dialog;
}

void TestImportDialog::file_isSeenAndImported()
{
    auto *dialog = open(write(rows(3)));
    QTRY_VERIFY(importOf(*dialog)->isEnabled());
    QCOMPARE(counts(*dialog), u"3 new"_s);
    QCOMPARE(QString(importOf(*dialog)->text()).remove(u'&'), u"Import 3 users"_s);
    QCOMPARE(m_scene->console.askedCount(u"finishImport write"_s), 0);
    QVERIFY(!tableOf(*dialog, u"Faults of the file"_s)->isVisible());
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_said, QStringList {u"Imported 3 users."_s});
    QCOMPARE(m_scene->console.askedCount(u"finishImport write"_s), 1);
    QCOMPARE(m_scene->console.imported.first().email, u"u0@example.com"_s);
    QCOMPARE(m_scene->console.askedCount(u"finishImport forget"_s), 0); // it is done
}

void TestImportDialog::faults_areListedByLine()
{
    m_scene->console.importOutcome.faults = {{.line = 3, .field = u"email"_s, .message = u"value is not a valid email address"_s},
                                             {.line = 4, .field = u"password_hash"_s, .message = u"not a hash of a known form"_s}};
    auto *dialog = open(write(rows(9)));
    auto *table = tableOf(*dialog, u"Faults of the file"_s);
    QTRY_VERIFY(table->isVisible());
    const QAbstractItemModelTester held(table->model());
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(0, 0).data().toString(), u"3"_s);
    QCOMPARE(table->model()->index(1, 1).data().toString(), u"password_hash"_s);
    QCOMPARE(counts(*dialog), u"7 new · 2 lines with faults"_s);
    QVERIFY(!importOf(*dialog)->isEnabled());
    QVERIFY(dialog->findChild<QLabel *>(u"consequence"_s)->text().startsWith(u"Nobody is imported while a line is wrong."_s));
}

/// Some lines are not even sent.
void TestImportDialog::faultsOfForm_standAmongThem()
{
    m_scene->console.importOutcome.faults = {{.line = 5, .field = u"email"_s, .message = u"taken"_s}};
    auto *dialog = open(write("email,hash,disabled\na@b.org," + hash + ",perhaps\n\n\nc@d.org," + hash + ",no\n"));
    auto *table = tableOf(*dialog, u"Faults of the file"_s);
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(0, 1).data().toString(), u"disabled"_s);
    QCOMPARE(table->model()->index(1, 0).data().toString(), u"5"_s);
    QCOMPARE(m_scene->console.imported.size(), 1);
}

/// Before anything is hashed, which takes long.
void TestImportDialog::plainPasswords_areTold()
{
    m_scene->console.importOutcome.passwords = 2;
    auto *dialog = open(write("email,password\na@b.org,correct horse\nc@d.org,battery staple\n"));
    QTRY_VERIFY(importOf(*dialog)->isEnabled());
    QCOMPARE(m_scene->console.imported.first().password, u"correct horse"_s);
    QCOMPARE(m_scene->console.imported.first().passwordHash, QString());
    const QString said = dialog->findChild<QLabel *>(u"consequence"_s)->text();
    QVERIFY2(said.contains("2 passwords stand in the file as plain text."_L1), qPrintable(said));
    QVERIFY2(said.contains("a thousand take about a minute"_L1), qPrintable(said));
}

void TestImportDialog::firebase_isAskedForItsParameters()
{
    const QByteArray row =
        R"({"localId":"x","email":"a@b.org","salt":"42xEC+ixf3L2lw==","passwordHash":")" + QByteArray(86, 'A') + R"(=="})";
    auto *dialog = open(write("{\"users\":[" + row + "]}"));
    auto *field = dialog->findChild<QPlainTextEdit *>(u"firebase"_s);
    QTRY_VERIFY(field->isVisible());
    QVERIFY(!importOf(*dialog)->isEnabled());
    QVERIFY(m_scene->console.imported.isEmpty());
    QVERIFY(dialog->focusWidget() == field);
    auto *again = dialog->findChild<QPushButton *>(u"readAgain"_s);
    auto *fault = dialog->findChild<QLabel *>(u"firebaseFault"_s);
    QVERIFY(!fault->isVisible());
    again->click();
    QVERIFY(fault->isVisible());
    field->setPlainText(u"base64_signer_key: %1==, base64_salt_separator: Bw==, rounds: 8, mem_cost: 14"_s.arg(QString(86, u'B')));
    again->click();
    QTRY_COMPARE(m_page->findChildren<UserImportDialog *>().size(), 1);
    auto *next = m_page->findChild<UserImportDialog *>();
    QVERIFY(next != dialog);
    QTRY_VERIFY(importOf(*next)->isEnabled());
    QVERIFY(m_scene->console.imported.first().passwordHash.startsWith("$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=BBB"_L1));
    QVERIFY(m_said.isEmpty());
}

void TestImportDialog::existingOnes_areCounted()
{
    m_scene->console.importOutcome.skipped = 1;
    auto *dialog = open(write(rows(4)));
    QTRY_COMPARE(counts(*dialog), u"3 new · 1 there already"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_said, QStringList {u"Imported 3 users. One was there already and stays as it is."_s});
}

void TestImportDialog::nothingNew_importsNothing()
{
    m_scene->console.importOutcome.skipped = 1;
    auto *dialog = open(write(rows(1)));
    QTRY_COMPARE(counts(*dialog), u"0 new · 1 there already"_s);
    QVERIFY(!importOf(*dialog)->isEnabled());
}

void TestImportDialog::unreadableFile_isSaid()
{
    for (const QString &file : {m_scene->folder.filePath(u"nothing.csv"_s), write({}, u"empty.csv"_s), m_scene->folder.path()}) {
        auto *dialog = open(file);
        QTRY_VERIFY(dialog->findChild<InlineMessage *>()->isVisible());
        QVERIFY(!importOf(*dialog)->isEnabled());
        QVERIFY(!dialog->findChild<WorkBar *>()->isBusy());
    }
}

/// Such as one on a network that is gone, or a pipe that nobody writes to yet.
void TestImportDialog::fileThatDoesNotAnswer_holdsNobodyUp()
{
    const QString fifo = m_scene->folder.filePath(u"users.pipe"_s);
    QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    auto *dialog = open(fifo);
    QVERIFY(settle());
    QVERIFY(dialog->findChild<WorkBar *>()->isBusy());
    QCOMPARE(m_scene->console.askedCount(u"addToImport"_s), 0);
    QFile writer(fifo);
    QVERIFY(writer.open(QIODevice::WriteOnly));
    const QByteArray text = rows(3);
    QCOMPARE(writer.write(text), text.size());
    writer.close();
    QTRY_VERIFY(importOf(*dialog)->isEnabled());
    QCOMPARE(counts(*dialog), u"3 new"_s);
}

void TestImportDialog::fileThatDoesNotAnswer_isGivenUp()
{
    const QString fifo = m_scene->folder.filePath(u"users.pipe"_s);
    QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    auto *dialog = open(fifo);
    QVERIFY(settle());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_page->findChild<UserImportDialog *>());
    QCOMPARE(m_scene->console.askedCount(u"finishImport"_s), 0); // nothing had begun
    QFile writer(fifo);
    QVERIFY(writer.open(QIODevice::WriteOnly)); // its thread has waited for that, and ends now
}

/// Two connections to a database at a time, each on a thread of its own.
void TestImportDialog::database_isReadAgain_whileTheFormerDialogEnds()
{
    const QString file = m_scene->folder.filePath(u"users.db"_s);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"made by a test"_s);
        database.setDatabaseName(file);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(u"CREATE TABLE users (email TEXT, hash TEXT)"_s));
        QVERIFY(query.exec(u"INSERT INTO users VALUES ('a@b.org', '%1')"_s.arg(QLatin1StringView(hash))));
    }
    QSqlDatabase::removeDatabase(u"made by a test"_s);
    auto *first = open(file);
    QTRY_VERIFY(importOf(*first)->isEnabled());
    auto *second = new UserImportDialog(m_scene->context(), file, m_page.get(), [](const QString &) {});
    first->reject();
    second->open();
    QTRY_VERIFY(importOf(*second)->isEnabled());
}

void TestImportDialog::manyLines_areReadPieceByPiece()
{
    auto *dialog = open(write(rows(1000)));
    QTRY_COMPARE(counts(*dialog), u"1,000 new"_s);
    QCOMPARE(m_scene->console.askedCount(u"addToImport 200"_s), 5);
}

void TestImportDialog::cancelled_isForgotten()
{
    auto *dialog = open(write(rows(3)));
    QTRY_VERIFY(importOf(*dialog)->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_COMPARE(m_scene->console.askedCount(u"finishImport forget"_s), 1);
    QCOMPARE(m_scene->console.askedCount(u"finishImport write"_s), 0);
    QVERIFY(m_said.isEmpty());
}

void TestImportDialog::stopped_isTold()
{
    auto *dialog = open(write(rows(3)));
    QTRY_VERIFY(importOf(*dialog)->isEnabled());
    m_scene->console.hold();
    importOf(*dialog)->click();
    m_scene->console.reportProgress(1, 3);
    settle();
    QVERIFY(dialog->findChild<WorkBar *>()->isVisible());
    dialog->findChild<QPushButton *>(u"stopWork"_s)->click();
    QVERIFY(m_said.value(0).startsWith(u"Stopped."_s));
    m_scene->console.release();
    settle();
}

void TestImportDialog::failure_isSaidInPlace()
{
    auto *dialog = open(write(rows(3)));
    QTRY_VERIFY(importOf(*dialog)->isEnabled());
    m_scene->console.failNext(u"finishImport"_s, {.code = ErrorCode::StorageFailure, .trouble = StorageTrouble::Full, .ended = 0});
    importOf(*dialog)->click();
    auto *notice = dialog->findChild<InlineMessage *>();
    QTRY_VERIFY(notice->isVisible());
    const QString told = notice->accessibleName();
    QVERIFY2(told.contains(u"Some of the users were imported before that, and stay."_s), qPrintable(told));
    QVERIFY(dialog->isVisible());
    QVERIFY(m_said.isEmpty());
}

void TestImportDialog::import_isReachedFromThePage()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    const QString file = write(rows(2));
    m_page = openPage<UsersPage>(*m_scene);
    button(*m_page, u"Import"_s)->click();
    auto *chooser = m_page->findChild<QFileDialog *>(u"importFile"_s);
    QVERIFY(chooser);
    chooser->selectFile(file);
    QMetaObject::invokeMethod(chooser, "accept");
    QTRY_VERIFY(m_page->findChild<UserImportDialog *>());
    auto *dialog = m_page->findChild<UserImportDialog *>();
    QTRY_VERIFY(importOf(*dialog)->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*m_page), u"Imported 2 users."_s);
}

QTEST_MAIN(TestImportDialog)
#include "TestImportDialog.moc"
