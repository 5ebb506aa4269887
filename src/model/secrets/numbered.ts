// Whether the words right before a number say that it numbers a thing (an order, a parcel, a ticket): then it is nobody's phone or card.

const THINGS =
  /(?:\b(?:order|invoice|parcel|tracking|shipment|waybill|ticket|case|issue|build|job|batch|serial|part|sku|ref(?:erence)?|transaction|receipt|imei|isbn|ean|timestamp|epoch|id)s?|订单|运单|快递|单|发票|工单|流水|批次|序列|构建|任务|合同|交易|货|条码|商户|编|时间戳)\s*(?:numbers?|no\.?|nr\.?|ids?|codes?|号码?|编号|号段)?\s*(?:is|was|=|#|:|：|是|为)?\s*[#"'`(（]*$/iu;

/** What may have a person beside it: only with a word for number. */
const WITH_A_NUMBER =
  /(?:\b(?:customer|client|member|lot|asset|device|policy|file|model|meter|employee|badge|contract)s?\s*(?:numbers?|no\.?|nr\.?|ids?|codes?|#)|(?:客户|会员|用户|设备|资产|员工|排队|合同|文件|批)\s*(?:编号|号码?|ID))\s*(?:is|was|=|#|:|：|是|为)?\s*[#"'`(（]*$/iu;
const AMOUNTS = /(?:\b(?:count|total|sum|amount|quantity)|数量|总数|总计|合计|金额|共|约)\s*(?:is|was|=|:|：|是|为)?\s*$/iu;

/** `before` is the text up to the number. */
export function isNumbered(before: string): boolean {
  const near = before.slice(-40);
  return THINGS.test(near) || WITH_A_NUMBER.test(near) || AMOUNTS.test(near);
}
