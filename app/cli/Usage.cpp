#include "app/cli/Usage.h"

#include "app/cli/Suggestions.h"
#include "core/base/Text.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Option
{
    QString name;
    QString value; ///< What stands for it in a help text; empty: it takes none.
    QString text;
};

/// Those of single commands; CommandLine.h has those of a start.
const QList<Option> &options()
{
    static const QList<Option> table {
        {u"name"_s, u"TEXT"_s,
         u"Name of an account; of a provider in addresses (default: its kind). For tls make-local: a host name or address beside "
         "localhost; may be given several times."_s},
        {u"email"_s, u"ADDRESS"_s, u"New e-mail address."_s},
        {u"role"_s, u"ROLE"_s, u"A role: letters, digits and _ - . : are possible. May be given several times."_s},
        {u"add-role"_s, u"ROLE"_s, u"A role beside those it has; may be given several times."_s},
        {u"remove-role"_s, u"ROLE"_s, u"A role to take away; may be given several times."_s},
        {u"password-stdin"_s, {}, u"Read the password as one line from stdin."_s},
        {u"must-change"_s, {}, u"Its owner has to choose another one at the next sign-in by it."_s},
        {u"now"_s, {}, u"Delete for good, at once."_s},
        {u"deleted"_s, {}, u"List the accounts that are deleted and have not gone yet, in place of the others."_s},
        {u"password-hash-stdin"_s, {}, u"Read an existing hash (Argon2, bcrypt, scrypt, PBKDF2) from stdin instead of a password."_s},
        {u"dry-run"_s, {}, u"Judge the file, change nothing."_s},
        {u"skip-existing"_s, {}, u"Pass over addresses that have an account already; else they are faults."_s},
        {u"map"_s, u"FILE"_s, u"Write a CSV file of old ids and the ids they became."_s},
        {u"table"_s, u"NAME"_s, u"Table of an SQLite database, if it is neither \"users\" nor \"user\"."_s},
        {u"firebase"_s, u"FILE"_s, u"The hash parameters of a project of Firebase, as its console shows them, for its users."_s},
        {u"other-key"_s, {}, u"Restore also a backup that another master key than the one here is for."_s},
        {u"undo"_s, {}, u"Put the database of before the last restore back."_s},
        {u"yes"_s, {}, u"Do not ask before deleting, revoking or restoring."_s},
        {u"target"_s, u"MS"_s, u"Milliseconds that a sign-in may take, from 50 to 2000 (default: 250)."_s},
        {u"memory"_s, u"MIB"_s, u"MiB that all hashes at once may take (default: 64 for each)."_s},
        {u"apply"_s, {}, u"Store the settings that are proposed."_s},
        {u"user"_s, u"EMAIL|ID"_s, u"Whose sessions to revoke, or whom records are about."_s},
        {u"all"_s, {}, u"All of them: sessions to revoke, alarms to list or to mark."_s},
        {u"ended"_s, {}, u"List also those that ended in the last day."_s},
        {u"to-file"_s, u"PATH"_s, u"Write the key to a new file that only its owner reads."_s},
        {u"stdout"_s, {}, u"Write the key to stdout also where that is no terminal."_s},
        {u"to"_s, u"SOURCE"_s, u"Put the key there: file or keychain (default: where it was)."_s},
        {u"for"_s, u"DURATION"_s,
         u"How long: tokens of a former backend are accepted (30d, the default, at most); a network is exempt or blocked (default: until "
         "`warderd limit forget`)."_s},
        {u"algorithm"_s, u"NAME"_s, u"Of an RSA key that does not say it itself: RS256 (default) or PS256."_s},
        {u"passphrase-file"_s, u"FILE"_s, u"Read the passphrase of the key from the first line of a file, instead of asking for it."_s},
        {u"access"_s, u"DURATION"_s, u"How long a key signs access tokens (keys.access_rotation)."_s},
        {u"refresh"_s, u"DURATION"_s, u"How long a key signs refresh tokens (keys.refresh_rotation)."_s},
        {u"csrf"_s, u"DURATION"_s, u"How long a key signs CSRF tokens (keys.csrf_rotation)."_s},
        {u"spent"_s, u"DURATION"_s, u"How long a spent key is kept (keys.spent_kept)."_s},
        {u"state"_s, u"STATE"_s,
         u"Only mails in that state: queued, sending, sent, dropped or failed; only alarms that are open, seen or done."_s},
        {u"failed"_s, {}, u"All that failed."_s},
        {u"language"_s, u"TAG"_s, u"In which language, such as de (default: mail.language)."_s},
        {u"html"_s, {}, u"The HTML of the mail, and nothing else."_s},
        {u"client-id"_s, u"ID"_s, u"What the provider calls this server."_s},
        {u"secret-stdin"_s, {}, u"Read the client's secret from stdin, all of it: the private key of apple has several lines."_s},
        {u"new-secret"_s, {}, u"Ask for another secret of the client."_s},
        {u"label"_s, u"TEXT"_s, u"What people read (default: that of the kind, such as Google)."_s},
        {u"issuer"_s, u"URL"_s, u"Of oidc; of a GitLab or GitHub server of your own."_s},
        {u"tenant"_s, u"TENANT"_s, u"Of microsoft: a directory's id or domain, or common, organizations, consumers."_s},
        {u"team"_s, u"ID"_s, u"Of apple: the id of the team."_s},
        {u"key-id"_s, u"ID"_s, u"Of apple: the id of the private key."_s},
        {u"scope"_s, u"SCOPE"_s, u"What to ask for (default: that of the kind); may be given several times."_s},
        {u"callback"_s, u"URL"_s, u"Where browsers come back to, registered as redirect URI there; may be given several times."_s},
        {u"trust-email"_s, u"yes|no"_s, u"Whether an address that it calls verified counts as proven (default: that of the kind)."_s},
        {u"enable"_s, {}, u"Turn it on again: a provider signs people in, a limit holds."_s},
        {u"disable"_s, {}, u"Turn it off: a provider signs nobody in, and what is linked stays; a limit holds nobody back."_s},
        {u"rate"_s, u"RATE"_s, u"What a limit allows: 30/1m, \"30/1m burst 10\" where so many may come at once, or off."_s},
        {u"route"_s, u"ROUTE"_s, u"What a limit is for: login, /me/password, \"POST /login\" or \"/me/*\"; may be given several times."_s},
        {u"key"_s, u"KEY"_s, u"Whom a limit counts: address (default), network, account, address+account or session."_s},
        {u"action"_s, u"ACTION"_s, u"What becomes of a request too many: deny (default), delay or alert."_s},
        {u"title"_s, u"TEXT"_s, u"What a limit is for, in your words."_s},
        {u"longest"_s, u"DURATION"_s, u"Of a limit of wrong passwords: the longest wait."_s},
        {u"last"_s, u"DURATION"_s, u"How far to look back."_s},
        {u"type"_s, u"WHAT"_s, u"Only records of that kind, such as login_failed; may be given several times."_s},
        {u"address"_s, u"ADDRESS"_s, u"Only records from that network address."_s},
        {u"head"_s, u"NUMBER:HASH"_s, u"What an earlier `audit verify` has printed, which must still be there."_s},
        {u"after"_s, u"NUMBER"_s, u"Only records with greater numbers."_s},
        {u"follow"_s, {}, u"Wait for more, until something ends it."_s},
        {u"reason"_s, u"TEXT"_s, u"Why, for whoever reads the list."_s},
        {u"purpose"_s, u"PURPOSE"_s, u"Which key to rotate: access (default), refresh or csrf."_s},
    };
    return table;
}

const Option asJson {u"json"_s, {}, u"Answer in JSON, for scripts; refusals stay text on stderr."_s};

bool isServe(const Command &command) { return command.words == "serve"_L1; }

qsizetype wordsOf(const Command &command) { return command.words.count(u' ') + 1; }

QStringList allowedFor(const Command &command)
{
    QStringList allowed = command.options + QStringList {u"help"_s};
    if (command.handOut)
        return allowed;
    allowed += u"data-dir"_s;
    if (!command.runAlone)
        allowed += {u"listen"_s, u"set"_s};
    if (!isServe(command))
        allowed += asJson.name;
    return allowed;
}

QString line(const QString &left, const QString &text) { return u"  %1  %2\n"_s.arg(left.leftJustified(30), text); }

QString titleOf(const Command &command) { return (command.words + u' ' + command.arguments).trimmed(); }

QString line(const Command &command) { return line(titleOf(command), command.text); }

QString line(const Option &option)
{
    return line(option.value.isEmpty() ? u"--"_s + option.name : u"--%1 %2"_s.arg(option.name, option.value), option.text);
}

QString commonOptions(const QStringList &allowed)
{
    QString text;
    for (const QCommandLineOption &option : startOptions()) {
        if (allowed.contains(option.names().first()))
            text += line(u"--%1 <%2>"_s.arg(option.names().first(), option.valueName()), option.description());
    }
    return text + (allowed.contains(asJson.name) ? line(asJson) : QString()) + line(u"-h, --help"_s, u"This."_s);
}

QString helpOf(const Command &command)
{
    QString text =
        u"Usage: warderd %1%2\n\n%3\n"_s.arg(titleOf(command), command.options.isEmpty() ? QString() : u" [options]"_s, command.text);
    if (!command.more.isEmpty())
        text += command.more + u'\n';
    text += u"\nOptions:\n"_s;
    for (const Option &option : options()) {
        if (command.options.contains(option.name))
            text += line(option);
    }
    return text + commonOptions(allowedFor(command));
}

/// As it was typed: `-x@example.com`, `--al`.
QString asTyped(const QString &option, const QStringList &arguments)
{
    const auto found = std::ranges::find_if(arguments, [&option](const QString &word) {
        return word == u'-' + option || word == u"--"_s + option || word.startsWith(u'-' + option + u'=')
               || word.startsWith(u"--"_s + option + u'=');
    });
    return found == arguments.end() ? u"--"_s + option : found->section(u'=', 0, 0);
}

/// What to do about it: `suggestion`, or to read the help of `command` (empty: all of it).
QString withHint(const QString &fault, const QString &command, const QString &suggestion = {})
{
    const QString help = (u"warderd help "_s + command).trimmed();
    return suggestion.isEmpty() ? u"%1 (see `%2`)"_s.arg(fault, help) : u"%1; %2"_s.arg(fault, suggestion);
}

QString faultOfUnknownOption(const QString &option, const QStringList &arguments, const Command &command)
{
    const QString typed = asTyped(option, arguments);
    const QString fault = u"%1 has no option %2"_s.arg(command.words, typed);
    if (command.mostArguments > 0 && option.contains(u'@'))
        return u"%1; if it is an address, write -- before it: `warderd %2 -- %3`"_s.arg(fault, command.words, typed);
    return withHint(fault, command.words, suggestionForOption(option, allowedFor(command)));
}

/// Which it loses if it is given again; `--listen` and `--set` are lists, and a flag may be said twice.
bool hasOneValue(const QString &name)
{
    const auto found = std::ranges::find(options(), name, &Option::name);
    return name == "data-dir"_L1 || (found != options().end() && !found->value.isEmpty());
}

/// An option that the command would not look at is a mistake, not a wish to be passed over in silence.
QString faultOfOptions(const QCommandLineParser &parser, const QStringList &arguments, const Command &command)
{
    const QStringList allowed = allowedFor(command);
    const QStringList given = parser.unknownOptionNames() + parser.optionNames();
    for (const QString &name : given) {
        if (!allowed.contains(name))
            return faultOfUnknownOption(name, arguments, command);
        if (hasOneValue(name) && !command.repeated.contains(name) && given.count(name) > 1)
            return withHint(u"--%1 is given twice"_s.arg(name), command.words);
    }
    if (parser.isSet(u"password-stdin"_s) && parser.isSet(u"password-hash-stdin"_s))
        return withHint(u"stdin holds a password or a hash: not both --password-stdin and --password-hash-stdin"_s, command.words);
    return {};
}

QString faultOfArguments(const QStringList &given, const Command &command)
{
    const QString takes = u"%1 takes: %2"_s.arg(command.words, command.arguments.isEmpty() ? u"nothing"_s : command.arguments);
    if (given.size() < command.leastArguments || given.size() > command.mostArguments)
        return withHint(takes, command.words);
    for (qsizetype i = 0; i < command.leastArguments; ++i) {
        if (given[i].trimmed().isEmpty())
            return withHint(takes + u", not an empty text"_s, command.words);
    }
    return {};
}

} // namespace

void addOptions(QCommandLineParser &parser)
{
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions); // so that a mistake is named whole, not letter by letter
    parser.addOptions(startOptions());
    parser.addOption(QCommandLineOption(QStringList {u"h"_s, u"help"_s, u"?"_s}));
    parser.addOption(QCommandLineOption(QStringList {u"v"_s, u"version"_s}));
    parser.addOption(QCommandLineOption(asJson.name));
    for (const Option &option : options()) {
        QCommandLineOption one(option.name);
        one.setValueName(option.value);
        parser.addOption(one);
    }
}

QStringList commandNames()
{
    QStringList names;
    for (const Command &command : commands())
        names += command.words;
    return names;
}

QStringList commandsOfGroup(const QString &word)
{
    QStringList names = commandNames();
    names.removeIf([&word](const QString &name) { return !name.startsWith(word + u' '); });
    return names;
}

const Command *findCommand(const QStringList &words)
{
    const auto isMeant = [&words](const Command &command) { return words.mid(0, wordsOf(command)).join(u' ') == command.words; };
    const auto found = std::ranges::find_if(commands(), isMeant);
    return found == commands().end() ? nullptr : &*found;
}

QString overview()
{
    QString text = u"Warder: an authentication server.\n\nCommands:\n"_s;
    for (const Command &command : commands())
        text += line(command);
    text += line(u"help [COMMAND]"_s, u"This, or all about one command; so does COMMAND --help."_s);
    text += u"\nOptions of every command that works with a server or its data:\n"_s
            + commonOptions({u"data-dir"_s, u"listen"_s, u"set"_s, asJson.name}) + line(u"-v, --version"_s, u"Which Warder this is."_s);
    return text
           + u"\nAdmin commands act through the server that holds the data directory, or on the database itself when none runs.\n"
             "Passwords and other secrets come from a prompt or from stdin, never from the command line.\n"
             "Exit codes: 0 done, 1 refused, not found, or the answer could not be written, 2 wrong usage, 3 wrong configuration, 4 cannot run."_s;
}

QString helpFor(const QStringList &words)
{
    if (const Command *command = findCommand(words))
        return helpOf(*command).trimmed();
    QString text;
    for (const Command &command : commands()) {
        if (words.size() == 1 && command.words.startsWith(words.first() + u' '))
            text += line(command);
    }
    return text.isEmpty() ? text : text + u"\n`warderd help COMMAND` tells all about one."_s;
}

QString faultOfUsage(const QCommandLineParser &parser, const QStringList &arguments, const QString &configPath)
{
    const QStringList words = parser.positionalArguments();
    if (std::ranges::any_of(arguments, [](const QString &word) { return word.contains(QChar::ReplacementCharacter); }))
        return u"an argument is not UTF-8"_s;
    if (words.isEmpty())
        return withHint(u"no such option: %1"_s.arg(asTyped(parser.unknownOptionNames().value(0), arguments)), {});
    const Command *command = findCommand(words);
    if (!command)
        return withHint(u"no such command: "_s + shortened(words.join(u' ')), {}, suggestionForCommand(words, configPath));
    if (const QString fault = faultOfOptions(parser, arguments, *command); !fault.isEmpty())
        return fault;
    if (!parser.errorText().isEmpty())
        return withHint(parser.errorText(), command->words);
    return faultOfArguments(words.mid(wordsOf(*command)), *command);
}

} // namespace warder
