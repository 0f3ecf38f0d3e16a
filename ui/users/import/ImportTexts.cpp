#include "ui/users/import/ImportTexts.h"

#include "ui/support/UiTexts.h"

#include <QSet>

namespace warder {
namespace {

qint64 faultyLines(const UserImport &outcome)
{
    QSet<qint64> lines;
    for (const UserImportFault &fault : outcome.faults)
        lines += fault.line;
    return lines.size();
}

} // namespace

QString ImportTexts::counts(const UserImport &outcome, qint64 records)
{
    const qint64 faulty = faultyLines(outcome);
    const qint64 fresh = faulty == 0 ? outcome.added : qMax<qint64>(0, records - outcome.skipped - faulty);
    QStringList parts;
    if (outcome.moreFaults == 0)
        //: Before an import: how many users of a file the server does not have yet.
        parts += tr("%Ln new", nullptr, int(fresh));
    if (outcome.skipped > 0)
        //: Before an import: how many users of a file the server has already.
        parts += tr("%Ln there already", nullptr, int(outcome.skipped));
    if (outcome.moreFaults > 0)
        //: Before an import: how many lines of a file have something wrong in them, where not all were counted.
        parts += tr("more than %Ln line(s) with faults", nullptr, int(faulty));
    else if (faulty > 0)
        //: Before an import: how many lines of a file have something wrong in them.
        parts += tr("%Ln line(s) with faults", nullptr, int(faulty));
    return UiTexts::inOneLine(parts);
}

QString ImportTexts::consequence(const UserImport &outcome, const QStringList &unused)
{
    QStringList sentences;
    if (!outcome.faults.isEmpty())
        //: Before an import that cannot be: what to do.
        sentences += tr("Nobody is imported while a line is wrong. Correct the file, or leave these lines out, then choose it again.");
    else if (outcome.added == 0)
        //: Before an import that would do nothing.
        sentences += tr("The server has everybody of this file already: there is nothing to import.");
    else
        //: Before an import: what follows from it.
        sentences +=
            tr("All of them are imported, or none, also if you stop it. They sign in with the password that they have. Who is there "
               "already stays as they are on the server.");
    if (outcome.passwords > 0)
        //: Before an import of users whose passwords stand in the file as they are typed; hashing makes it long.
        sentences += tr("%Ln password(s) stand in the file as plain text. They are hashed before anybody is imported, one after the other: "
                        "a thousand take about a minute. Delete the file afterwards.",
                        nullptr, int(outcome.passwords));
    if (!unused.isEmpty())
        //: Before an import; %1 are names of columns of a file.
        sentences += tr("Columns that are not used: %1.").arg(UiTexts::quoted(unused.join(QStringLiteral(", "))));
    return sentences.join(u' ');
}

QString ImportTexts::faultsShown(const UserImport &outcome)
{
    if (outcome.moreFaults == 0)
        return {};
    //: Below a table of what is wrong in a file: how many rows it lacks.
    return tr("and %Ln more fault(s)", nullptr, int(outcome.moreFaults));
}

//: Button: imports the users of a file.
QString ImportTexts::action(qint64 number) { return tr("&Import %Ln user(s)", nullptr, int(number)); }

//: While a file is being read.
QString ImportTexts::reading(qint64 records) { return tr("Reading: %Ln line(s)…", nullptr, int(records)); }

//: While users are being imported.
QString ImportTexts::writing(qint64 number) { return tr("Importing %Ln user(s)…", nullptr, int(number)); }

QString ImportTexts::done(const UserImport &outcome)
{
    //: Said after an import.
    QString said = tr("Imported %Ln user(s).", nullptr, int(outcome.added));
    if (outcome.skipped > 0)
        //: After how many users were imported.
        said += u' ' + tr("%Ln were there already and stay as they are.", nullptr, int(outcome.skipped));
    return said;
}

QString ImportTexts::stopped()
{
    //: Somebody stopped an import.
    return tr("Stopped. Who was imported by then is taken out again, but for whoever has signed in; the list says who is there.");
}

QString ImportTexts::someStay()
{
    //: After why an import failed.
    return tr("Some of the users were imported before that, and stay. Import the file once more: they count as there already.");
}

} // namespace warder
