#include "ui/support/UiTexts.h"
#include "ui/users/UsersModel.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"

#include <functional>

// What the page says.
namespace warder {

ListPage::Texts UsersPage::texts()
{
    return {//: Title of a page, and of its table.
            .title = tr("Users"),
            //: What the page of users shows.
            .subtitle = tr("Every account, by e-mail address."),
            //: Name of the panel beside the users, for screen readers.
            .details = tr("User details"),
            //: In the panel beside the users, while nothing is selected.
            .hint = tr("Select a user to see and change their account."),
            //: Placeholder of the filter of users.
            .filter = tr("Search by e-mail or name"),
            //: Below the table, while the list is being looked for.
            .searching = tr("Searching… Esc shows everybody again."),
            //: Title in place of a list where nothing matches the filter.
            .noMatch = tr("No user matches"),
            //: Button: lists all users again.
            .clearFilter = tr("Clear the search"),
            //: Said instead of sorting a very long list; %1 is 10,000.
            .tooLongToSort = tr("A list of more than %1 rows stays in its order, by e-mail. Search, then sort."),
            //: Title of a dialog that asks for a file.
            .exportTitle = tr("Export users"),
            .count = &UiTexts::users};
}

QString UsersPage::countInWords(qint64 total) const
{
    QStringList parts {ListPage::countInWords(total)};
    if (!m_model->isWhole())
        //: Below the table: how many of the rows were read.
        parts += readInWords(tr("the first %Ln by e-mail were read, scroll for more", nullptr, m_model->rowCount()));
    if (const auto chosen = table().selectedCount(); chosen > 1)
        //: Below the table: how many rows are selected.
        parts += tr("%Ln selected", nullptr, int(chosen));
    return UiTexts::inOneLine(parts);
}

void UsersPage::presentEmpty(EmptyState &empty)
{
    if (shown().deleted)
        //: There are no deleted accounts: title.
        return empty.present(tr("No deleted accounts"),
                             //: There are no deleted accounts: what will be listed there.
                             tr("An account that you delete stands here until it goes for good, and can be restored."));
    //: There are no accounts yet: title.
    empty.present(tr("No users yet"),
                  //: There are no accounts yet: how to make one; a command line follows.
                  tr("Create the first one here (Ctrl+N), or let somebody register from a terminal:"), UiTexts::curlRegister(serverUrl()));
}

Narrowings UsersPage::narrowings()
{
    Narrowings all;
    CountUsersEach question;
    const UserFilter asked = shown();
    if (!asked.text.isEmpty()) {
        all.parts += Narrowing {.without = without(asked.text), .drop = [this] { clearFilter(); }};
        question.each += CountUsers {.deleted = asked.deleted};
    }
    //: A search that looks among the accounts that are there, in place of the deleted ones.
    const QString ofAccounts = tr("Among the accounts");
    //: A search that looks among the deleted accounts, in place of those that are there.
    const QString ofDeleted = tr("Among the deleted");
    const int other = asked.deleted ? 0 : 1;
    all.parts += Narrowing {.without = asked.deleted ? ofAccounts : ofDeleted, .drop = [this, other] { m_which->choose(other); }};
    question.each += CountUsers {.text = asked.text, .deleted = !asked.deleted};
    all.count = askingFor(question, std::identity());
    return all;
}

void UsersPage::presentSeveral(DetailsPanel &details, qsizetype number) const
{
    //: Title in place of a user's address, while several users are selected.
    details.present(tr("%Ln user(s) are selected", nullptr, int(number)), {}, Tone::Neutral,
                    //: While several users are selected. “Change” is a button above.
                    tr("“Change” does the same to all of them."));
}

} // namespace warder
