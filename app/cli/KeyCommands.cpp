#include "app/cli/KeyCommands.h"

#include "app/cli/Show.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QStringList rowOf(const KeyView &key)
{
    return {key.kid, key.purpose, key.algorithm, key.state, toText(key.createdAt), key.verifyUntil ? toText(*key.verifyUntil) : u"-"_s};
}

const QStringList keyHead {u"KID"_s, u"PURPOSE"_s, u"ALGORITHM"_s, u"STATE"_s, u"CREATED"_s, u"VERIFIES UNTIL"_s};

} // namespace

int keyList(const CommandContext &context)
{
    return show<QList<KeyView>>(context, ConsoleAccess::wait(context.console.keys()), [](const QList<KeyView> &keys) {
        QList<QStringList> rows;
        for (const KeyView &key : keys)
            rows += rowOf(key);
        printTable(keyHead, rows, u"No keys."_s);
    });
}

int keyRotate(const CommandContext &context)
{
    const QString purpose = context.parser.isSet(u"purpose"_s) ? context.parser.value(u"purpose"_s) : u"access"_s;
    if (purpose != "access"_L1 && purpose != "refresh"_L1) {
        printError({.code = ErrorCode::InvalidInput, .detail = u"--purpose is access or refresh, not %1"_s.arg(purpose)});
        return WrongUsage;
    }
    return show<KeyView>(context, ConsoleAccess::wait(context.console.rotateKey(purpose)), [](const KeyView &key) { printTable(keyHead, {rowOf(key)}, {}); });
}

int configShow(const CommandContext &context)
{
    return show<QList<SettingView>>(context, ConsoleAccess::wait(context.console.settings()), [](const QList<SettingView> &settings) {
        QList<QStringList> rows;
        for (const SettingView &one : settings)
            rows += {one.key, one.value, one.sourceName.isEmpty() ? one.source : u"%1 (%2)"_s.arg(one.source, one.sourceName), one.text};
        printTable({u"KEY"_s, u"VALUE"_s, u"SOURCE"_s, u"MEANING"_s}, rows, u"No settings."_s);
    });
}

} // namespace warder
