#include "ui/widgets/ListKeyboard.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/DetailsSide.h"
#include "ui/widgets/FilterBox.h"

#include <QAction>

namespace warder {

ListKeyboard::ListKeyboard(DataTable &list, DetailsSide &side, FilterBox *filter)
    : QObject(&side),
      //: Menu item of a row: goes to what is known of it.
      m_toDetails(list.addRowAction(tr("Go to the details"), {QKeySequence(Qt::Key_Right)},
                                    [&side] { side.details().setFocus(Qt::TabFocusReason); }))
{
    //: Something that a key does, in the list of keys: it goes from the details of a row back to the list.
    auto *back = new QAction(tr("Go to the list"), &side);
    back->setShortcut(Qt::Key_Escape);
    back->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    side.addAction(back);
    connect(back, &QAction::triggered, &list, [&list] { list.setFocus(Qt::TabFocusReason); });
    if (filter)
        leadToFilter(list, *filter);
}

void ListKeyboard::leadToFilter(DataTable &list, FilterBox &filter)
{
    connect(&filter, &FilterBox::leftForList, &list, [&list] {
        if (list.hasFocus()) // rows that are no answer to what was typed are out of reach
            list.selectFirst();
    });
    //: Menu item of a list: goes to the filter above it.
    auto *toFilter = new QAction(tr("Go to the filter"), &list);
    toFilter->setShortcut(Qt::Key_Escape);
    toFilter->setShortcutContext(Qt::WidgetShortcut);
    list.addAction(toFilter);
    connect(toFilter, &QAction::triggered, &filter, [&filter] {
        filter.setFocus(Qt::ShortcutFocusReason);
        filter.selectAll();
    });
}

} // namespace warder
