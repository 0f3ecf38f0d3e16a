#include "app/cli/RestoreWords.h"

#include "app/cli/Output.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString inWords(const DifferingRows &rows)
{
    if (rows.count == 0)
        return u"none"_s;
    const qint64 others = rows.count - rows.first.size();
    const QString rest = others > 0 ? u"; and %1 more"_s.arg(others) : QString();
    return u"%1: %2%3"_s.arg(QString::number(rows.count), rows.first.join(u"; "_s), rest);
}

void printDifference(const BackupDifference &difference)
{
    printFacts({{u"Users who are gone then"_s, inWords(difference.usersLost)},
                {u"Users who come back"_s, inWords(difference.usersBack)},
                {u"Users as they were"_s, inWords(difference.usersChanged)},
                {u"Sessions that are gone"_s, inWords(difference.sessionsLost)},
                {u"Sessions live again"_s, inWords(difference.sessionsBack)},
                {u"Keys that are gone"_s, inWords(difference.keysLost)},
                {u"Keys that come back"_s, inWords(difference.keysBack)},
                {u"Keys in another state"_s, inWords(difference.keysChanged)}});
}

bool isAgreed(const QCommandLineParser &parser, const QString &question)
{
    if (parser.isSet(u"yes"_s))
        return true;
    printQuestion(question + u" [y/N] "_s);
    const QString answer = QTextStream(stdin).readLine().trimmed().toLower();
    return answer == "y"_L1 || answer == "yes"_L1;
}

} // namespace

void printPreview(const RestorePreview &preview)
{
    printLine(u"%1 is of %2, with %3 users and %4 live sessions."_s.arg(preview.file, toText(preview.createdAt))
                  .arg(preview.users)
                  .arg(preview.sessions));
    if (!preview.replaces)
        printLine(u"There is no database here that it would replace."_s);
    else if (preview.difference)
        printDifference(*preview.difference);
    else
        printLine(u"What it would change is not known, the database here cannot be read: %1"_s.arg(preview.whyUnknown));
}

QString adviceOnKey(const RestorePreview &preview)
{
    if (preview.key == KeyFit::Fits)
        return {};
    const QString missing = u"No master key is here. Before the server starts, put the one of the check code %1 back: "
                            "`warderd master-key import`."_s;
    const QString other = u"The master key here is another one than the backup's, of the check code %1."_s;
    return (preview.key == KeyFit::Missing ? missing : other).arg(preview.keyCode);
}

bool isRestoreAgreed(const QCommandLineParser &parser) { return isAgreed(parser, u"Restore it?"_s); }

bool isUndoAgreed(const QCommandLineParser &parser)
{
    return isAgreed(parser, u"Put the database of before the last restore back? What was written since then goes with the restored one."_s);
}

QString faultOfRestore(const QCommandLineParser &parser)
{
    const bool isUndo = parser.isSet(u"undo"_s);
    if (isUndo != (parser.positionalArguments().size() > 2))
        return {};
    return isUndo ? u"--undo takes no FILE"_s : u"backup restore needs a FILE, or --undo"_s;
}

QString typedPlace(const QString &typed)
{
    return QFileInfo::exists(typed) || typed.contains(u'/') ? QFileInfo(typed).absoluteFilePath() : QString();
}

} // namespace warder
