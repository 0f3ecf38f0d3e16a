#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

/// What Qt's driver adds to SQLite's own words.
QString withoutDriver(const QString &detail)
{
    static const QRegularExpression tail(
        u"\\s*\\bUnable to (fetch row|execute statement|(begin|commit|rollback) transaction|bind parameters)(\\s*\\(\\d+\\))?"_s);
    return QString(detail).remove(tail).simplified();
}

QString withDetail(const QString &said, const Error &error)
{
    return error.detail.isEmpty() ? said : said + u' ' + UiTexts::reason(error.detail);
}

QString storageWords(const Error &error)
{
    switch (error.trouble) {
    case StorageTrouble::Full:
        //: An error, with what to do.
        return UiTexts::tr("The disk is full: nothing could be saved. Free some space, then try again.");
    case StorageTrouble::Locked:
        //: An error, with what to do.
        return UiTexts::tr("The database is locked by another program: nothing could be saved. End that program, then try again.");
    case StorageTrouble::Damaged:
        //: An error, with what to do.
        return UiTexts::tr("The database file is damaged. Stop the server, keep a copy of the data folder, and put a backup in its place.");
    case StorageTrouble::ReadOnly:
        //: An error, with what to do.
        return UiTexts::tr(
            "The database may not be written. Give the data folder and its files back to the user that runs the server, then try again.");
    case StorageTrouble::Other: break;
    }
    //: An error, with what to do.
    return withDetail(UiTexts::tr("The database refused. Check free space and the rights of the data folder, then try again."), error);
}

} // namespace

QString UiTexts::reason(const QString &said)
{
    //: After a sentence that says what happened: the words of the server, its database or the operating system, as they came.
    return tr("The reason: “%1”").arg(withoutDriver(said));
}

QString UiTexts::why(const Error &error)
{
    using enum ErrorCode;
    const bool saysAll = error.code == AddressTaken || error.code == AddressForbidden || error.code == AddressForeign;
    return saysAll || error.detail.isEmpty() ? of(error) : reason(error.detail);
}

QString UiTexts::faultsOf(const Error &error, const QString &field)
{
    QStringList lines;
    for (const Fault &fault : error.faults) {
        // A fault in a list ("roles", 0) belongs to the field of that list.
        if (fault.location.contains(QJsonValue(field)))
            lines += of(fault);
    }
    if (field == "email"_L1 && error.code == ErrorCode::EmailTaken)
        //: What is wrong with the e-mail field of a form.
        lines += tr("Somebody is registered with this address already.");
    return lines.join(u'\n');
}

QString UiTexts::placeOf(const OtherPort &other)
{
    if (other.source == "file"_L1)
        //: Where another port is to be chosen; %1 is a file and a line of it.
        return tr("The port is set in %1.").arg(other.sourceName);
    if (other.source == "environment"_L1)
        //: Where another port is to be chosen; %1 is the name of a variable.
        return tr("The port is set by the variable %1.").arg(other.sourceName);
    if (other.source == "command line"_L1)
        //: Where another port is to be chosen; --listen and --set are options.
        return tr("The port is set on the command line, by --listen or --set.");
    return {};
}

//: Below the reason why the program cannot start; %1 is a path.
QString UiTexts::dataFolder(const QString &path) { return tr("Data folder: %1").arg(path); }

QString UiTexts::of(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Busy:
        //: An error, with what to do.
        return withDetail(tr("The server has too much to do just now, or is stopping. Try again in a moment."), error);
    case ErrorCode::StorageUnavailable:
    case ErrorCode::StorageFailure:     return storageWords(error);
    case ErrorCode::CryptoFailure:
        //: An error, with what to do.
        return withDetail(tr("A cryptographic operation failed. The log of the server says more."), error);
    case ErrorCode::NotFound:
        //: An error, with what to do.
        return tr("That does not exist any more: somebody removed it meanwhile.");
    case ErrorCode::Conflict:
        //: An error, with what to do.
        return withDetail(tr("It changed meanwhile, or its state forbids this."), error);
    case ErrorCode::EmailTaken:
        //: An error.
        return tr("Somebody is registered with this address already.");
    case ErrorCode::AddressTaken:
        //: An error, with what to do; http.listen is the name of a setting.
        return tr("Another program uses the port or the socket. Stop that program, or choose another place with http.listen.");
    case ErrorCode::AddressForbidden:
        //: An error, with what to do; http.listen is the name of a setting.
        return tr("The system forbids the port: below 1024 it needs a privilege. Choose another one with http.listen.");
    case ErrorCode::AddressForeign:
        //: An error, with what to do; http.listen is the name of a setting.
        return tr("This machine has no such address. Choose one of its own with http.listen.");
    case ErrorCode::AlreadyRunning:
        //: An error, with what to do.
        return withDetail(tr("Another Warder uses this data folder. Stop it, then try again."), error);
    case ErrorCode::ConfigInvalid:
        //: An error, with what to do.
        return withDetail(tr("A setting is wrong. Correct it, then start again."), error);
    case ErrorCode::LimitReached:
        //: An error; %1 is a span such as "3 min".
        return tr("Too often. Try again in %1.").arg(Times::lasting(error.retryAfter));
    case ErrorCode::InvalidInput: {
        QStringList lines;
        for (const Fault &fault : error.faults)
            lines += of(fault);
        //: An error.
        return lines.isEmpty() ? withDetail(tr("The server did not accept this."), error) : lines.join(u' ');
    }
    default: // what the window cannot cause, or has no advice for
        //: An error nobody foresaw, with what to do; %1 is its code.
        return withDetail(tr("Something went wrong (%1). Try again; the log of the server says more.").arg(nameOf(error.code)), error);
    }
}

} // namespace warder
