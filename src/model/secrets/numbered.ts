// Whether the words right before a number say that it numbers a thing (an order, a parcel, a ticket): then it is nobody's phone or card.

const THINGS =
  /(?:\b(?:order|invoice|parcel|tracking|shipment|waybill|ticket|case|issue|build|job|batch|serial|part|sku|ref(?:erence)?|transaction|receipt|imei|isbn|ean|timestamp|epoch|id)s?|订单|运单|快递|单|发票|工单|流水|批次|序列|构建|任务|合同|交易|货|条码|商户|编|时间戳)\s*(?:numbers?|no\.?|nr\.?|ids?|codes?|号码?|编号|号段)?\s*(?:is|was|=|#|:|：|是|为)?\s*[#"'`(（]*$/iu;

/** `before` is the text up to the number. */
export function isNumbered(before: string): boolean {
  return THINGS.test(before.slice(-40));
}
