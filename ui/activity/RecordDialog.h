#pragma once

#include "core/console/orders/Activity.h"
#include "ui/PageContext.h"
#include "ui/activity/RelatedRecords.h"
#include "ui/widgets/RowsModel.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace warder {

class DataTable;
class DetailsPanel;

/// A record in full: in words, as it is recorded, and with the records that belong to it, any of which opens in its place; *Back* leads to
/// the one before. GUI thread.
class RecordDialog final : public QDialog
{
    Q_OBJECT
public:
    RecordDialog(const PageContext &context, const ActivityView &record, QWidget *parent);

Q_SIGNALS:
    /// The list shall show what belongs to the record; the dialog is over.
    void listWanted(const warder::PageFilter &filter);

private:
    void build();
    QWidget *makeSides();
    QWidget *makeChoices();
    QWidget *makeRelated();
    QWidget *makeButtons();
    void wire();
    void present(const ActivityView &record);
    void offerRelations();
    Relation relation() const;
    void read();
    void presentRelated(const QList<ActivityView> &records);
    void openSelected();
    void goBack();
    void list();

    PageContext m_context;
    ActivityView m_record;
    QList<ActivityView> m_visited; ///< Before this one.
    RelatedRecords *m_related;
    RowsModel<ActivityView> *m_model;
    QLabel *m_title;
    DetailsPanel *m_details = nullptr;
    QPlainTextEdit *m_json = nullptr;
    QComboBox *m_relation = nullptr;
    QPushButton *m_list = nullptr;
    DataTable *m_table = nullptr;
    QLabel *m_remark;
    QPushButton *m_back = nullptr;
};

} // namespace warder
