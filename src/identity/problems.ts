/** Everything this module says no to. Sign-in tells the same of unknown, wrong and disabled accounts. */
import { catalogue } from '../platform/problems';

export const P = catalogue('identity', {
  regionUnknown: {
    kind: 'invalid',
    title: '行政区划代码不存在',
    advice: '请从区划列表中选择；新增的村镇须先导入区划数据。',
  },
  regionMoved: {
    kind: 'conflict',
    title: '区划的上级或级别与已导入的不一致',
    advice: '区划代码不得改挂他处，请核对区划数据文件。',
  },
  organisationAbsent: {
    kind: 'absent',
    title: '没有找到该机构',
    advice: '请从机构列表中选择。',
  },
  bankUnknown: {
    kind: 'invalid',
    title: '所选机构不是承贷银行',
    advice: '请从银行列表中选择总行(或县级法人行),不要选网点。',
  },
  organisationTaken: {
    kind: 'conflict',
    title: '该地已登记同名机构',
    advice: '请核对机构列表，不要重复登记。',
  },
  branchMisplaced: {
    kind: 'refused',
    title: '网点的上级机构不合适',
    advice: '只有银行可以下设网点，网点须在上级银行的辖区之内。',
  },
  organisationLevel: {
    kind: 'refused',
    title: '此类机构不设在这一级行政区划',
    advice: '请按机构类别选择村、乡镇、县等相应级别的区划。',
  },
  userAbsent: {
    kind: 'absent',
    title: '没有找到该用户',
    advice: '请核对用户编号；不在您辖区内的用户不会显示。',
  },
  loginTaken: {
    kind: 'conflict',
    title: '登录名已被使用',
    advice: '请换一个登录名。',
  },
  userDisabled: {
    kind: 'refused',
    title: '该用户已停用',
    advice: '已停用的用户不能再办理此事。',
  },
  outsideOrganisation: {
    kind: 'refused',
    title: '用户的辖区超出所属机构的辖区',
    advice: '请选择机构辖区之内的区划，或换用上级机构。',
  },
  wrongUserKind: {
    kind: 'refused',
    title: '用户类别不符',
    advice: '岗位授予人员，令牌发给接口程序；请核对用户类别。',
  },
  ownAccount: {
    kind: 'forbidden',
    title: '不得对本人账号办理此事',
    advice: '请由另一名管理员办理；修改本人密码请用“修改密码”。',
  },
  roleUnknown: {
    kind: 'invalid',
    title: '没有这个岗位',
    advice: '请从岗位列表中选择。',
  },
  ownRole: {
    kind: 'forbidden',
    title: '不得给本人授予或收回岗位',
    advice: '请由另一名安全管理员办理。',
  },
  roleKindMixed: {
    kind: 'refused',
    title: '一人不得兼任不相容的岗位',
    advice: '系统管理、安全管理、业务、监督四类岗位互不兼任(三员分立);请先收回原岗位或另设用户。',
  },
  roleOrganisation: {
    kind: 'refused',
    title: '该岗位不设在此类机构',
    advice: '请核对用户所属机构与岗位要求。',
  },
  roleLevel: {
    kind: 'refused',
    title: '该岗位不设在这一级辖区',
    advice: '请核对用户辖区的级别与岗位要求。',
  },
  roleHeld: {
    kind: 'conflict',
    title: '该用户已有此岗位',
    advice: '无需重复授予。',
  },
  roleNotHeld: {
    kind: 'refused',
    title: '该用户没有此岗位',
    advice: '请刷新用户信息后再试。',
  },
  lastAdministrator: {
    kind: 'refused',
    title: '不得停用最后一名管理员',
    advice: '请先设立并启用另一名同类管理员。',
  },
  signInFailed: {
    kind: 'unauthenticated',
    title: '登录名或密码不正确，或账号不可用',
    advice: '请核对后重试；忘记密码或账号已停用请联系系统管理员。',
  },
  signInLocked: {
    kind: 'tooMany',
    title: '失败次数过多，暂时不能登录',
    advice: '请在锁定期满后再试；忘记密码请联系系统管理员重置。',
  },
  passwordWeak: {
    kind: 'invalid',
    title: '新密码不符合要求',
    advice: '请按所列要求改用更强的密码。',
  },
  passwordReused: {
    kind: 'invalid',
    title: '新密码近期用过',
    advice: '请换用一个没有用过的密码。',
  },
  passwordWrong: {
    kind: 'refused',
    title: '当前密码不正确',
    advice: '请重新输入当前密码；忘记密码请联系系统管理员重置。',
  },
  resetByOperator: {
    kind: 'forbidden',
    title: '安全管理员的密码不由系统管理员重置',
    advice: '为防止借重置冒用授权，请由运维人员在服务器上以 xinfu 工具重置。',
  },
  tokenAbsent: {
    kind: 'absent',
    title: '没有找到该令牌',
    advice: '请从令牌列表中选择。',
  },
  tokenTerm: {
    kind: 'invalid',
    title: '令牌的到期日不合规定',
    advice: '到期日须在今天之后，最长一年。',
  },
  tokenRevoked: {
    kind: 'refused',
    title: '该令牌已撤销',
    advice: '无需重复撤销。',
  },
  alreadySetUp: {
    kind: 'refused',
    title: '系统已有用户，不能再次初始化',
    advice: '请由现有管理员登记用户、授予岗位。',
  },
});
