#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

/// Reads every #include of the tree and fails when a room looks down the list.
class TestRooms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mayInclude_data();
    void mayInclude();
    void everyInclude_looksUp();
    void files_areSmall();
    void functions_areSmall();
    void classes_haveNamesOfTheirOwn();
    void core_knowsNoGui();
    void system_isCalled_inFewPlaces();
    void texts_areNormalized_inOnePlace();

private:
    struct Include
    {
        QString file;   ///< Relative to the project: "core/net/Listener.cpp".
        QString target; ///< As written: "core/base/Id.h", "QWidget".
        bool quoted = false;
    };
    static QList<Include> includes();
    static QStringList sources();
    static QString textOf(const QString &file);
};

namespace {

/// In order, as core/CMakeLists.txt builds them.
const QStringList rooms = QStringLiteral(WARDER_ROOMS).split(u' ');
const QString orders = u"core/console/orders"_s;
/// All that the window may know of core/console: the façade, the judges of its lists' filters, what a person types for one, the cursors of
/// times, and how a row is written as JSON.
const QStringList consoleForWindow {u"core/console/Console.h"_s,        u"core/console/Cursors.h"_s,      u"core/console/Json.h"_s,
                                    u"core/console/SessionMatcher.h"_s, u"core/console/SessionQuery.h"_s, u"core/console/TextMatcher.h"_s,
                                    u"core/console/UserMatcher.h"_s};

QString folderOf(const QString &file) { return file.section(u'/', 0, -2); }

/// May a file in the folder `from` ("core/net/gate", "ui/sessions") include `header`?
bool mayLookAt(const QString &from, const QString &header)
{
    const QString to = folderOf(header);
    const QString top = from.section(u'/', 0, 0);
    const QString target = to.section(u'/', 0, 0);
    if (top == "app"_L1 || top == "tests"_L1)
        return true;
    if (top == "ui"_L1)
        return target == "ui"_L1 || to == "core/base"_L1 || to == orders || to == "core/imports"_L1 || consoleForWindow.contains(header);
    if (from == orders)
        return to == "core/base"_L1 || to == from;
    if (target != "core"_L1)
        return false;
    const auto own = rooms.indexOf(from.section(u'/', 1, 1));
    const auto other = rooms.indexOf(to.section(u'/', 1, 1));
    const bool equalGuests = rooms.at(own) == "api"_L1 && rooms.value(other) == "console"_L1;
    return other >= 0 && other <= own && !equalGuests;
}

} // namespace

QString TestRooms::textOf(const QString &file)
{
    QFile source(QStringLiteral(WARDER_SOURCE_DIR "/") + file);
    return source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()) : QString();
}

QStringList TestRooms::sources()
{
    QStringList found;
    const QDir root(QStringLiteral(WARDER_SOURCE_DIR));
    for (const auto &folder : {u"core"_s, u"ui"_s, u"app"_s}) {
        QDirIterator files(root.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            found += root.relativeFilePath(files.next());
    }
    return found;
}

QList<TestRooms::Include> TestRooms::includes()
{
    static const QRegularExpression line(u"^\\s*#\\s*include\\s+([\"<])([^\">]+)[\">]"_s, QRegularExpression::MultilineOption);
    QList<Include> found;
    for (const QString &file : sources()) {
        const QString text = textOf(file);
        for (const auto &match : line.globalMatch(text))
            found.append({.file = file, .target = match.captured(2), .quoted = match.captured(1) == "\""_L1});
    }
    return found;
}

void TestRooms::mayInclude_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("up") << u"core/api"_s << u"core/base"_s << true;
    QTest::newRow("the wire to the log") << u"core/net"_s << u"core/telemetry"_s << true;
    QTest::newRow("the wire to the database") << u"core/net"_s << u"core/storage"_s << false;
    QTest::newRow("the wire to accounts") << u"core/net"_s << u"core/accounts"_s << false;
    QTest::newRow("deep in the wire to accounts") << u"core/net/gate"_s << u"core/accounts"_s << false;
    QTest::newRow("deep to deep") << u"core/net/gate"_s << u"core/crypto"_s << true;
    QTest::newRow("own room") << u"core/api"_s << u"core/api"_s << true;
    QTest::newRow("settings to the system") << u"core/config"_s << u"core/platform"_s << true;
    QTest::newRow("the system to settings") << u"core/platform"_s << u"core/config"_s << false;
    QTest::newRow("down") << u"core/base"_s << u"core/config"_s << false;
    QTest::newRow("api to console") << u"core/api"_s << u"core/console"_s << false;
    QTest::newRow("console to api") << u"core/console"_s << u"core/api"_s << false;
    QTest::newRow("core to ui") << u"core/console"_s << u"ui/sessions"_s << false;
    QTest::newRow("ui to the façade") << u"ui/sessions"_s << u"core/console/Console.h"_s << true;
    QTest::newRow("ui to a judge of filters") << u"ui/sessions"_s << u"core/console/SessionMatcher.h"_s << true;
    QTest::newRow("ui to the rest of the console") << u"ui/sessions"_s << u"core/console/ChangeJournal.h"_s << false;
    QTest::newRow("ui to the orders") << u"ui/sessions"_s << u"core/console/orders"_s << true;
    QTest::newRow("ui to who carries them out") << u"ui/sessions"_s << u"core/console/local"_s << false;
    QTest::newRow("ui to the socket") << u"ui/widgets"_s << u"core/console/wire"_s << false;
    QTest::newRow("orders to who carries them out") << u"core/console/orders"_s << u"core/console/local"_s << false;
    QTest::newRow("orders to the façade") << u"core/console/orders"_s << u"core/console"_s << false;
    QTest::newRow("orders to sessions") << u"core/console/orders"_s << u"core/sessions"_s << false;
    QTest::newRow("ui to what reads files of users") << u"ui/users"_s << u"core/imports"_s << true;
    QTest::newRow("ui past the façade") << u"ui/sessions"_s << u"core/sessions"_s << false;
    QTest::newRow("unknown room") << u"core/api"_s << u"core/attic"_s << false;
}

void TestRooms::mayInclude()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QTEST(mayLookAt(from, to.endsWith(".h"_L1) ? to : QString(to + u"/Any.h"_s)), "allowed");
}

void TestRooms::everyInclude_looksUp()
{
    QStringList wrong;
    int seen = 0;
    for (const Include &include : includes()) {
        if (!include.quoted || include.target.endsWith(".moc"_L1))
            continue;
        ++seen;
        if (!mayLookAt(folderOf(include.file), include.target))
            wrong += u"%1 includes %2"_s.arg(include.file, include.target);
    }
    QVERIFY2(seen > 50, "the includes were not found");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestRooms::files_areSmall()
{
    QStringList wrong;
    for (const QString &file : sources()) {
        if (const auto lines = textOf(file).count(u'\n'); lines > 500)
            wrong += u"%1 has %2 lines"_s.arg(file).arg(lines);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

/// As the formatter sets them: a brace of its own at the left edge opens what a brace at the left edge closes. The rows of a table are not
/// counted: each is read by itself.
void TestRooms::functions_areSmall()
{
    static const QRegularExpression definition(
        u"^(?!class |struct |union |enum )(\\S[^\\n]*)\\n(?:[ \\t:][^\\n]*\\n)*\\{\\n((?:[^}\\n][^\\n]*\\n|\\n)*)\\}"_s,
        QRegularExpression::MultilineOption);
    static const QRegularExpression table(u"^    (?:return|(?:static )?const [\\w<>: ]+) \\{\n(?: {8}[^\n]*\n)*    \\};\n"_s,
                                          QRegularExpression::MultilineOption);
    QStringList wrong;
    int seen = 0;
    for (const QString &file : sources()) {
        const QString text = textOf(file);
        for (const auto &match : definition.globalMatch(text)) {
            ++seen;
            if (const auto lines = match.captured(2).remove(table).count(u'\n'); lines > 50)
                wrong += u"%1: %2 has %3 lines"_s.arg(file, match.captured(1)).arg(lines);
        }
    }
    QVERIFY2(seen > 500, "the functions were not found");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

/// The linker would take the functions of one for those of the other, and say nothing.
void TestRooms::classes_haveNamesOfTheirOwn()
{
    static const QRegularExpression definition(u"^(?:namespace ([\\w:]+) \\{|(?:class|struct) (\\w+)(?: final)?(?: : [^\\n{]*)?\\n\\{)"_s,
                                               QRegularExpression::MultilineOption);
    QHash<QString, QString> fileOf;
    QStringList wrong;
    for (const QString &file : sources()) {
        if (!file.endsWith(".h"_L1))
            continue;
        QString space;
        const QString text = textOf(file);
        for (const auto &match : definition.globalMatch(text)) {
            if (match.hasCaptured(1)) {
                space = match.captured(1);
                continue;
            }
            const QString name = space + u"::"_s + match.captured(2);
            if (fileOf.contains(name))
                wrong += u"%1 stands in %2 and %3"_s.arg(name, fileOf[name], file);
            fileOf.insert(name, file);
        }
    }
    QVERIFY2(fileOf.size() > 100, "the classes were not found");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestRooms::core_knowsNoGui()
{
    static const QRegularExpression gui(u"^(QtGui|QtWidgets|QtCharts|QWidget|QGuiApplication|QApplication|QColor|QIcon|QImage|QPixmap)"_s);
    QStringList wrong;
    for (const Include &include : includes()) {
        if (include.file.startsWith("core/"_L1) && gui.match(include.target).hasMatch())
            wrong += u"%1 includes %2"_s.arg(include.file, include.target);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

/// A build for another system is the functions of core/platform, and these: sockets, the log's descriptor, signals, terminal, systemd. The
/// system's is every header of C that is not of a library which there is elsewhere, too, and <csignal>. docs/porting.md names the files.
void TestRooms::system_isCalled_inFewPlaces()
{
    static const QRegularExpression header(
        u"^(?!(openssl|curl|unicode|sanitizer|qt6keychain)/|(crypt|sqlite3|zxcvbn)\\.h).*\\.h$|^csignal$"_s);
    const QSet<QString> others {u"core/net/EpollDispatcher.cpp"_s,
                                u"core/net/gate/AcceptorFilter.cpp"_s,
                                u"core/net/gate/GateWire.cpp"_s,
                                u"core/net/gate/ListeningSocket.cpp"_s,
                                u"core/net/gate/UnixSocketFile.cpp"_s,
                                u"core/telemetry/LogWriter.cpp"_s,
                                u"app/Display.cpp"_s,
                                u"app/ProcessSignals.cpp"_s,
                                u"app/ServiceManager.cpp"_s,
                                u"app/cli/PasswordPrompt.cpp"_s};
    QSet<QString> found;
    for (const Include &include : includes()) {
        if (!include.quoted && !include.file.startsWith("core/platform/"_L1) && header.match(include.target).hasMatch())
            found += include.file;
    }
    QVERIFY2(found == others, qPrintable((found - others + (others - found)).values().join(u'\n')));
    const QString porting = textOf(u"docs/porting.md"_s);
    for (const QString &file : sources()) {
        if (others.contains(file) || (file.startsWith("core/platform/"_L1) && file.endsWith(".cpp"_L1)))
            QVERIFY2(porting.contains(u'`' + file + u'`'), qPrintable(file));
    }
}

/// QString::normalized() takes the square of a length that a stranger chose; core/base/Text.h bounds it. Bytes that a stranger
/// sent become text there as well: QStringDecoder forgets an unfinished end, fromUtf16() eats a byte order mark.
void TestRooms::texts_areNormalized_inOnePlace()
{
    QStringList wrong;
    for (const QString &file : sources()) {
        const QString text = textOf(file);
        const bool does = text.contains(".normalized("_L1) || text.contains("QStringDecoder"_L1) || text.contains("::fromUtf16("_L1);
        if (does && file != "core/base/Text.cpp"_L1)
            wrong += file;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestRooms)
#include "TestRooms.moc"
