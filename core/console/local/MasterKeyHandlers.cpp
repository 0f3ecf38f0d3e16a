#include "core/console/local/LocalConsole.h"
#include "core/sealing/MasterKeys.h"

namespace warder {
namespace {

MasterKeyView viewOf(const MasterKeyState &state)
{
    return {.source = state.source,
            .place = state.place,
            .version = int(state.version),
            .checkCode = state.checkCode,
            .whyReadOnly = state.whyReadOnly,
            .alsoAt = state.alsoAt,
            .couldBeInKeychain = state.couldBeInKeychain};
}

Result<MasterKeyView> read(ConsoleContext &console, const ReadMasterKey &) { return viewOf(console.masterKeys.state()); }

Result<MasterKeyView> move(ConsoleContext &console, const MoveMasterKey &order)
{
    return console.masterKeys.move(order.to, console.actor, console.now()).transform(viewOf);
}

Result<MasterKeyView> rotate(ConsoleContext &console, const RotateMasterKey &)
{
    return console.masterKeys.rotate(console.actor, console.now()).transform(viewOf);
}

Result<ExportedMasterKey> exported(ConsoleContext &console, const ExportMasterKey &)
{
    return console.masterKeys.exportText(console.actor, console.now()).transform([](const QString &text) {
        return ExportedMasterKey {.text = text};
    });
}

Result<MasterKeyView> import(ConsoleContext &console, const ImportMasterKey &order)
{
    return console.masterKeys.import(order.text, order.to, console.actor, console.now()).transform(viewOf);
}

} // namespace

void LocalConsole::addMasterKeyHandlers() { add(read, move, rotate, exported, import); }

} // namespace warder
