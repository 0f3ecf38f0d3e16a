#include "ui/activity/ActivityChoices.h"
#include "ui/activity/ActivityModel.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/ActivityTexts.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"

// What the page says.
namespace warder {

ListPage::Texts ActivityPage::texts()
{
    return {//: Title of a page: who did what.
            .title = tr("Activity"),
            //: Below the title of the page.
            .subtitle = tr("Who did what, as it happens; nobody can change it unnoticed"),
            //: Name of the panel beside the list of records, for screen readers.
            .details = tr("Details of the selected record"),
            //: In place of details.
            .hint = tr("Select a record to see all that is known of it."),
            //: Placeholder of the filter of records.
            .filter = tr("A whole e-mail address, or a network address"),
            //: Below the table, while the list is being looked for.
            .searching = tr("Searching… Esc shows everything again."),
            //: Title in place of a list where nothing matches the filter.
            .noMatch = tr("No such record"),
            //: Button: lists all records again.
            .clearFilter = tr("Show everything"),
            //: Said instead of sorting a very long list; %1 is 10,000.
            .tooLongToSort = tr("A list of more than %1 rows stays in its order, newest first. Filter it, then sort."),
            //: Title of a dialog that asks for a file.
            .exportTitle = tr("Export records"),
            .count = &ActivityTexts::records};
}

QString ActivityPage::countInWords(qint64 total) const
{
    QStringList parts {ListPage::countInWords(total)};
    if (!m_model->isWhole())
        //: Below the table: how many of the rows were read.
        parts += readInWords(tr("the newest %Ln were read, scroll for more", nullptr, m_model->rowCount()));
    if (const auto chosen = table().selectedCount(); chosen > 1)
        //: Below the table: how many rows are selected.
        parts += tr("%Ln selected", nullptr, int(chosen));
    return UiTexts::inOneLine(parts);
}

void ActivityPage::presentEmpty(EmptyState &empty)
{
    if (!m_choices->isEverything() || m_span)
        //: There are records, but none of the kind and time that were chosen: title.
        empty.present(tr("Nothing of that kind in that time"),
                      /*: There are records, but none of the kind and time that were chosen. */
                      tr("There may be records of other kinds, and older ones."), {},
                      /*: Button: lists all records again. */ tr("Show everything"));
    else
        //: There are no records yet: title.
        empty.present(tr("Nothing has happened yet"),
                      //: There are no records yet: how to try it; a command line follows.
                      tr("Sign-ins, refusals and what admins do appear here by themselves. Try it in a terminal:"),
                      UiTexts::curlRegister(serverUrl()));
}

} // namespace warder
