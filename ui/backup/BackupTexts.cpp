#include "ui/backup/BackupTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString ofFault(BackupFault fault)
{
    switch (fault) {
    //: How a file is that should be a backup.
    case BackupFault::NoBackup: return BackupTexts::tr("No backup");
    //: How a backup is.
    case BackupFault::Damaged: return BackupTexts::tr("Damaged");
    case BackupFault::Orphans:
    //: How a backup is: its file is not what it was when it was made.
    case BackupFault::Changed: return BackupTexts::tr("Changed");
    //: How a backup is: made by a newer version of this program.
    case BackupFault::Newer: return BackupTexts::tr("Of a newer Warder");
    }
    Q_UNREACHABLE_RETURN({});
}

QString adviceOn(BackupFault fault)
{
    switch (fault) {
    //: What is wrong with a file that should be a backup.
    case BackupFault::NoBackup: return BackupTexts::tr("This file is no backup of Warder’s, so that it restores nothing.");
    //: What is wrong with a backup, and what to do.
    case BackupFault::Damaged: return BackupTexts::tr("This backup is damaged, so that it restores nothing. Check the disk it lies on.");
    case BackupFault::Orphans:
    //: What is wrong with a backup, and what to do.
    case BackupFault::Changed:
        return BackupTexts::tr("This file is not as it was written: somebody or a disk changed it. Do not restore it.");
    //: What is wrong with a backup, and what to do.
    case BackupFault::Newer: return BackupTexts::tr("This backup was made by a newer Warder. Restore it with that one.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString inWords(const DifferingRows &rows)
{
    if (rows.first.isEmpty())
        return UiTexts::count(rows.count);
    QStringList names;
    for (const QString &name : rows.first)
        names += UiTexts::foreign(name);
    const QString more = rows.count > rows.first.size() ? u", …"_s : QString();
    //: How many users, sessions or keys a restore concerns, and the first of them by name.
    return BackupTexts::tr("%1 (%2)").arg(UiTexts::count(rows.count), names.join(u", "_s) + more);
}

/// One of the ways in which a backup differs; none where it does not.
QStringList differingLine(const DifferingRows &rows, const QString &text)
{
    return rows.count > 0 ? QStringList {text.arg(inWords(rows))} : QStringList();
}

QStringList differencesIn(const BackupDifference &difference)
{
    DifferingRows states = difference.keysChanged;
    states.first.clear(); // the core's own words for what they are and would be
    QStringList lines;
    //: What a restore would do; %1 is their number, and perhaps names.
    lines += differingLine(difference.usersLost, BackupTexts::tr("Users who are gone then: %1"));
    //: What a restore would do; %1 is their number, and perhaps names.
    lines += differingLine(difference.usersBack, BackupTexts::tr("Users who come back: %1"));
    //: What a restore would do to users who have changed since the backup; %1 is their number, and perhaps names.
    lines += differingLine(difference.usersChanged, BackupTexts::tr("Users who are again as they were: %1"));
    //: What a restore would do; %1 is their number, and perhaps whose they are.
    lines += differingLine(difference.sessionsLost, BackupTexts::tr("Sessions that are gone then: %1"));
    //: What a restore would do; %1 is their number, and perhaps whose they are.
    lines += differingLine(difference.sessionsBack, BackupTexts::tr("Sessions that live again: %1"));
    //: What a restore would do; %1 is their number, and perhaps which they are.
    lines += differingLine(difference.keysLost, BackupTexts::tr("Keys that are gone then: %1"));
    //: What a restore would do; %1 is their number, and perhaps which they are.
    lines += differingLine(difference.keysBack, BackupTexts::tr("Keys that come back: %1"));
    //: What a restore would do to keys that sign, retire or are revoked now and did not then, or the other way round; %1 is their number.
    lines += differingLine(states, BackupTexts::tr("Keys in another state: %1"));
    return lines;
}

/// For a shell: what is no plain word stands in quotation marks.
QString inShell(const QString &path)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_./=:,@%+-]+\\z"_s);
    return plain.match(path).hasMatch() ? path : u'\'' + QString(path).replace(u"'"_s, u"'\\''"_s) + u'\'';
}

} // namespace

QString BackupTexts::state(const BackupView &backup)
{
    if (backup.fault)
        return ofFault(*backup.fault);
    if (backup.checkedAt)
        //: How a backup is: all of it was read, and was right.
        return tr("Good");
    //: How a backup is: nobody has read all of it.
    return tr("Not checked yet");
}

Tone BackupTexts::tone(const BackupView &backup)
{
    if (backup.fault)
        return Tone::Bad;
    return backup.checkedAt ? Tone::Good : Tone::Neutral;
}

QString BackupTexts::keyRemark(const BackupView &backup)
{
    switch (backup.key) {
    case KeyFit::Fits: return {};
    case KeyFit::Other:
        //: Of a backup; %1 are digits by which master keys are told from each other.
        return tr("It needs another master key than today’s, the one with the check code %1.").arg(backup.keyCode);
    case KeyFit::Missing:
        //: Of a backup; %1 are digits by which master keys are told from each other.
        return tr("It needs the master key with the check code %1, and none is here.").arg(backup.keyCode);
    }
    Q_UNREACHABLE_RETURN({});
}

QString BackupTexts::explained(const BackupView &backup, TimePoint now)
{
    if (backup.fault)
        return adviceOn(*backup.fault);
    //: Of a backup, with what to do.
    QString said = tr("Nobody has read all of it yet: verify it.");
    if (backup.checkedAt)
        //: Of a backup; %1 is how long ago, such as "3 min ago".
        said = tr("All of it was read %1, and is right.").arg(Times::ago(*backup.checkedAt, now));
    const QString remark = keyRemark(backup);
    return remark.isEmpty() ? said : said + u' ' + remark;
}

QString BackupTexts::size(const BackupView &backup) { return QLocale().formattedDataSize(backup.size, 1); }

QString BackupTexts::name(const BackupView &backup) { return backup.file.section(u'/', -1); }

QString BackupTexts::arrangement(const BackupsView &all)
{
    const QString folder = UiTexts::foreign(all.directory);
    if (all.every == Seconds {0})
        //: Above the list of backups; %1 is a folder, %2 the name of a setting.
        return tr("In %1. None is made by itself: %2 changes that.").arg(folder, "backup.every"_L1);
    //: Above the list of backups; %1 is a folder, %2 a span such as "1 day", %3 a number of backups.
    return tr("In %1. One is made by itself each %2; kept: %3.").arg(folder, Times::lasting(all.every), UiTexts::count(all.kept));
}

QString BackupTexts::made(const BackupView &backup)
{
    //: Said after a backup was made; %1 is the name of its file, %2 a size such as "1.2 MiB".
    return tr("Made and checked: %1, %2.").arg(UiTexts::foreign(name(backup)), size(backup));
}

QString BackupTexts::restoreCommand(const BackupView &backup, const QString &dataDirectory)
{
    const QString where = dataDirectory.isEmpty() ? QString() : u" --data-dir "_s + inShell(dataDirectory);
    return u"warderd backup restore "_s + inShell(backup.file) + where;
}

QString BackupTexts::restoreQuestion(const RestorePreview &preview)
{
    //: Question; %1 is the name of a backup's file.
    return tr("Restore %1?").arg(UiTexts::foreign(preview.file.section(u'/', -1)));
}

QString BackupTexts::consequences(const RestorePreview &preview)
{
    QStringList lines = preview.difference ? differencesIn(*preview.difference) : QStringList();
    if (!preview.difference)
        //: What a restore would do, where the database of now cannot be compared with the backup.
        lines += tr("What it would change is not known: the database of now cannot be read.");
    else if (lines.isEmpty())
        //: What a restore would do: nothing.
        lines += tr("Users, sessions and keys are as they are now.");
    //: What follows when a backup is restored.
    lines += tr("The server opens anew with it, within seconds. The database of now is kept, and can be put back.");
    return lines.join(u'\n');
}

QString BackupTexts::needsOtherKey(const RestorePreview &preview)
{
    const BackupView backup {.file = preview.file, .keyCode = preview.keyCode, .key = preview.key};
    //: Why a backup is not restored, and what to do; %1 is a sentence on the master key that it needs, %2 an option of the command below.
    return tr("%1 A running server could not open it. Stop the server, and give the command below with %2.")
        .arg(keyRemark(backup), "--other-key"_L1);
}

Tone BackupTexts::tone(const RestoreOutcome &came) { return came.problem.isEmpty() ? Tone::Good : Tone::Bad; }

QString BackupTexts::outcome(const RestoreOutcome &came)
{
    if (!came.problem.isEmpty())
        //: What came of a restore, or of taking one back; %1 quotes why.
        return tr("The other database could not be opened, and the one of before serves on. %1").arg(UiTexts::reason(came.problem));
    if (came.file.isEmpty())
        //: What came of taking a restore back; %1 is the name of a file.
        return tr("The database of before is back. The restored one is kept as %1.").arg(UiTexts::foreign(came.kept.section(u'/', -1)));
    //: What came of a restore; %1 and %2 are the names of files.
    return tr("Restored: %1. The database of before is kept as %2.")
        .arg(UiTexts::foreign(came.file.section(u'/', -1)), UiTexts::foreign(came.kept.section(u'/', -1)));
}

} // namespace warder
