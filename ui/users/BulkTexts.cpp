#include "ui/users/BulkTexts.h"

#include "ui/support/UiTexts.h"

namespace warder {

QString BulkTexts::item(AccountAct act)
{
    switch (act) {
    case AccountAct::Disable:     return /*: Menu item: keeps several accounts from being used, after a question. */ tr("&Disable…");
    case AccountAct::Enable:      return /*: Menu item: lets several accounts be used again, after a question. */ tr("&Enable…");
    case AccountAct::EndSessions: return /*: Menu item: ends the sessions of several users, after a question. */ tr("End &sessions…");
    case AccountAct::AddRole:     return /*: Menu item: gives several users a role. */ tr("&Add a role…");
    case AccountAct::RemoveRole:  return /*: Menu item: takes a role from several users. */ tr("&Remove a role…");
    }
    Q_UNREACHABLE_RETURN({});
}

QString BulkTexts::title(AccountAct act)
{
    switch (act) {
    case AccountAct::Disable:     return /*: Title of a dialog. */ tr("Disable users");
    case AccountAct::Enable:      return /*: Title of a dialog. */ tr("Enable users");
    case AccountAct::EndSessions: return /*: Title of a dialog. */ tr("End sessions of users");
    case AccountAct::AddRole:     return /*: Title of a dialog. */ tr("Add a role to users");
    case AccountAct::RemoveRole:  return /*: Title of a dialog. */ tr("Remove a role from users");
    }
    Q_UNREACHABLE_RETURN({});
}

QString BulkTexts::action(AccountAct act)
{
    switch (act) {
    case AccountAct::Disable:     return /*: Button of a dialog: keeps accounts from being used. */ tr("Disable");
    case AccountAct::Enable:      return /*: Button of a dialog: lets accounts be used again. */ tr("Enable");
    case AccountAct::EndSessions: return /*: Button of a dialog. */ tr("End sessions");
    case AccountAct::AddRole:     return /*: Button of a dialog. */ tr("Add role");
    case AccountAct::RemoveRole:  return /*: Button of a dialog. */ tr("Remove role");
    }
    Q_UNREACHABLE_RETURN({});
}

QString BulkTexts::effect(AccountAct act)
{
    switch (act) {
    case AccountAct::Disable:
        //: What follows when several accounts are disabled.
        return tr("All their sessions end with the next request, and they cannot log in until you enable the accounts again.");
    case AccountAct::Enable: return /*: What follows when several accounts are enabled. */ tr("They can log in again.");
    case AccountAct::EndSessions:
        //: What follows when the sessions of several users end.
        return tr("They are signed out on every device with the next request, and may log in again at once. This cannot be undone.");
    case AccountAct::AddRole:
    case AccountAct::RemoveRole:
        //: What follows when the roles of several users change.
        return tr("Roles count at once where your app asks the server, and in its tokens at their next refresh.");
    }
    Q_UNREACHABLE_RETURN({});
}

//: Choice in a dialog: whom an order is about.
QString BulkTexts::selected(qint64 number) { return tr("The %Ln selected user(s)", nullptr, int(number)); }

QString BulkTexts::shown(qint64 number, const QString &text)
{
    if (text.isEmpty())
        //: Choice in a dialog: whom an order is about.
        return tr("Everybody: all %Ln user(s)", nullptr, int(number));
    //: Choice in a dialog: whom an order is about; %1 is what the list was searched for.
    return tr("All %Ln user(s) that match “%1”", nullptr, int(number)).arg(UiTexts::inLabel(UiTexts::quoted(text)));
}

QString BulkTexts::working(AccountAct act, qint64 number)
{
    if (act == AccountAct::EndSessions)
        //: While sessions of many users are being ended.
        return tr("Signing out %Ln user(s)…", nullptr, int(number));
    //: While many accounts are being changed.
    return tr("Changing %Ln user(s)…", nullptr, int(number));
}

QString BulkTexts::done(AccountAct act, const QString &role, const UsersChanged &changed)
{
    const int number = int(changed.changed);
    QString said;
    switch (act) {
    case AccountAct::Disable:     said = /*: Said after accounts were disabled. */ tr("Disabled %Ln user(s).", nullptr, number); break;
    case AccountAct::Enable:      said = /*: Said after accounts were enabled. */ tr("Enabled %Ln user(s).", nullptr, number); break;
    case AccountAct::EndSessions: said = /*: Said after sessions were ended. */ tr("Signed out %Ln user(s).", nullptr, number); break;
    case AccountAct::AddRole:
        //: Said after a role was given; %1 is the role.
        said = tr("Gave %Ln user(s) the role %1.", nullptr, number).arg(UiTexts::foreign(role));
        break;
    case AccountAct::RemoveRole:
        //: Said after a role was taken away; %1 is the role.
        said = tr("Took the role %1 from %Ln user(s).", nullptr, number).arg(UiTexts::foreign(role));
        break;
    }
    if (changed.left > 0)
        //: After how many users were changed: the others needed no change, or may not have it.
        said += u' ' + tr("%Ln other(s) stay as they were.", nullptr, int(changed.left));
    return said;
}

QString BulkTexts::undoName(AccountAct act, const QString &role, qint64 number)
{
    switch (act) {
    case AccountAct::Disable:
        //: What was done and can be taken back.
        return tr("Disabling of %Ln user(s)", nullptr, int(number));
    case AccountAct::Enable:
        //: What was done and can be taken back.
        return tr("Enabling of %Ln user(s)", nullptr, int(number));
    case AccountAct::AddRole:
        //: What was done and can be taken back; %1 is a role.
        return tr("Giving of the role %1 to %Ln user(s)", nullptr, int(number)).arg(UiTexts::foreign(role));
    case AccountAct::RemoveRole:
        //: What was done and can be taken back; %1 is a role.
        return tr("Taking of the role %1 from %Ln user(s)", nullptr, int(number)).arg(UiTexts::foreign(role));
    case AccountAct::EndSessions: return {};
    }
    Q_UNREACHABLE_RETURN({});
}

Confirmation BulkTexts::beforeUndo(AccountAct back, qint64 number)
{
    return {//: Question before a change of several users is taken back.
            .question = tr("Take back the change of %Ln user(s)?", nullptr, int(number)),
            .effect = effect(back),
            //: Button: takes something back.
            .action = tr("Take back")};
}

//: Said after a change of several users was taken back.
QString BulkTexts::undone(const UsersChanged &changed) { return tr("%Ln user(s) are as before.", nullptr, int(changed.changed)); }

QString BulkTexts::stopped(qint64 unreached)
{
    //: After how many users were changed: somebody stopped the order before it came to the others.
    return tr("Stopped: %Ln user(s) were not reached, and are as they were.", nullptr, int(unreached));
}

//: Before the effect of an order that is asked for once more.
QString BulkTexts::countChanged() { return tr("Their number changed while you were asked, so nobody was changed yet."); }

//: Of users that were to be changed.
QString BulkTexts::nobodyLeft() { return tr("None of them is left: nobody was changed."); }

QString BulkTexts::busy()
{
    //: Said instead of an order about many users, while an export or another such order goes on. “Stop this” is a button below the list.
    return tr("Nobody was changed: something else is going on below the list. Wait for its end, or choose “Stop this”, then try again.");
}

QString BulkTexts::uncounted()
{
    //: Said instead of an order about many users: nobody is selected, and the server has not counted yet how many users the list shows.
    return tr("Nobody was changed: the list is still being counted. Try again in a moment, or select users.");
}

} // namespace warder
