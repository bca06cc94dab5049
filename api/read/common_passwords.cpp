// common_passwords — the commonest passwords of at least eight characters (shorter ones are refused as such), folded:
// sequences, keyboard walks, words and names, years, and what is common where Chinese is typed.
#include <unordered_set>

#include "api/read/password_rules.hpp"
#include "base/text.hpp"

namespace highseas::api {
namespace {

constexpr std::string_view kWords =
    "password 12345678 123456789 1234567890 123123123 11111111 111111111 1111111111 00000000 000000000 0000000000 "
    "password1 password12 password123 password1234 password01 passw0rd passw0rd1 p@ssw0rd p@ssword p@ssw0rd1 "
    "p@ssw0rd123 p@ssword1 p@ssword123 pa55word pa$$word pa$$w0rd qwertyui qwertyuiop qwerty12 qwerty123 "
    "qwerty1234 qwerty12345 qwerty123456 qwertyuio 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qaz@wsx "
    "1qazxsw2 qazwsxedc qazwsx123 q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 zxcvbnm123 zxcvbnm1 zxcvbnm, asdfghjk "
    "asdfghjkl asdfasdf asdf1234 asdfgh123 asdqwe123 qweasdzxc qweasd123 qwe123456 qweqweqwe qwer1234 qwer12345 "
    "qwer123456 qwe12345 zxcv1234 zxc123456 asd123456 asd12345 a1234567 a12345678 a123456789 a1b2c3d4 a1b2c3d4e5 "
    "aa123456 aa12345678 aa123456789 aaa12345 aaaaaaaa aaaaaaaaaa ab123456 abc12345 abc123456 abc123456789 "
    "abcd1234 abcd12345 abcd123456 abcdefgh abcdefghi abcdefg1 abcabc123 abcdabcd abc123abc 123456789a 12345678a "
    "123456789q 12345678910 123456789123 1234567891 12345679 123456aa 123456ab 123456abc 123456qq 123456qw "
    "123456as 123456123 123456654321 1234512345 12341234 123454321 1234554321 12344321 123123aa 123123abc "
    "123321123 123321aa 123qweasd 123qwe123 123qweasdzxc 123abc123 12qwaszx 12345qwert 1234qwer 12345qwe 1a2b3c4d "
    "147258369 159357159 159753456 147852369 741852963 789456123 963852741 987654321 9876543210 98765432 87654321 "
    "876543210 0987654321 0123456789 01234567 012345678 010203040506 01020304 1020304050 10203040 102030405060 "
    "11223344 1122334455 112233445566 11112222 1111222233334444 12121212 121212121212 13131313 1313131313 22222222 "
    "222222222 33333333 333333333 44444444 444444444 55555555 555555555 66666666 666666666 6666666666 77777777 "
    "777777777 88888888 888888888 8888888888 99999999 999999999 9999999999 12312312 123412341234 12345600 12301230 "
    "13579246 135792468 1357924680 24681012 2468101214 31415926 314159265 3141592653 11235813 19841984 19851985 "
    "19861986 19871987 19881988 19891989 19901990 19911991 19921992 19931993 19951995 20002000 20082008 20102010 "
    "20202020 20242024 20252025 20262026 19800101 19810101 19820101 19830101 19840101 19850101 19860101 19870101 "
    "19880101 19890101 19900101 19910101 19920101 19930101 19940101 19950101 20000101 woaini1314 woaini520 "
    "woaini123 woaini521 woaini1314520 woaiwojia woaiwoziji woaiwolaopo woainima woaini99 woshishui wojiushiwo "
    "5201314a 52013145 5201314520 5201314521 52013141314 1314520520 13145200 1314521521 1314521a 520520520 "
    "52052000 521521521 1314131413 a5201314 qq5201314 aini1314 aini5201314 iloveyou520 iloveyou1314 20080808 "
    "wang1234 wang123456 zhang123 zhang123456 li123456 liu123456 chen1234 chen123456 yang1234 zhao1234 wangyang "
    "wangjian wanglei123 zhangwei liuyang123 nihao123 nihao123456 nihaoma123 zhongguo zhongguo123 woaizhongguo "
    "beijing2008 beijing123 shanghai123 shanghai shenzhen guangzhou hangzhou dongfang tiantian xiaoxiao xiaoming "
    "baobao123 baobeibaobei baobei520 laopo520 laogong520 qq123456 qq12345678 qq123456789 qq123123 qqqqqqqq "
    "qqqq1111 wechat123 weixin123 taobao123 alibaba123 admin123 admin1234 admin12345 admin123456 admin888 "
    "admin8888 admin666 adminadmin administrator admin@123 admin@1234 admin#123 admin123! root1234 root123456 "
    "rootroot test1234 test12345 test123456 testtest testing1 testing123 guest123 user1234 user123456 demo1234 "
    "demo123456 default1 changeme changeme1 changeme123 letmein1 letmein12 letmein123 welcome1 welcome12 "
    "welcome123 welcome1234 welcome@123 login123 master123 secret123 temp1234 temp12345 pass1234 pass12345 "
    "pass@123 pass@word1 passpass company1 company123 huawei123 huawei@123 h3c12345 oracle123 mysql123 server123 "
    "system123 manager1 manager123 salesforce sales123 crm12345 crm123456 highseas highseas1 highseas123 iloveyou "
    "iloveyou1 iloveyou2 iloveyou12 iloveyou123 iloveu123 loveyou1 lovelove lovely123 mylove123 forever1 forever21 "
    "princess princess1 princess123 sunshine sunshine1 sunshine123 football football1 football123 baseball "
    "baseball1 basketball superman superman1 superman123 batman123 spiderman spiderman1 starwars starwars1 "
    "pokemon1 pokemon123 dragon123 dragonball monkey123 shadow123 michael1 michael123 jennifer jennifer1 jessica1 "
    "jessica123 michelle michelle1 charlie1 charlie123 danielle nicole123 ashley123 jordan23 jordan123 anthony1 "
    "matthew1 andrew123 joshua123 robert123 thomas123 william1 benjamin samantha elizabeth elizabet victoria "
    "alexander alexandra christian christina stephanie patrick1 brandon1 computer computer1 computer123 internet "
    "internet1 whatever whatever1 trustno1 jesus123 jesuschrist blessed1 chocolate chocolate1 butterfly butterfly1 "
    "snowball snoopy123 mustang1 corvette mercedes porsche911 ferrari1 yamaha123 samsung1 samsung123 samsung12 "
    "iphone123 nokia123 google123 facebook facebook1 facebook123 twitter1 linkedin youtube1 instagram liverpool "
    "liverpool1 chelsea1 arsenal1 arsenal123 barcelona barcelona1 realmadrid manchester manutd123 juventus "
    "cricket1 hockey123 soccer123 softball volleyball swimming midnight midnight1 sweetheart sweetie1 beautiful "
    "beautiful1 babygirl babygirl1 babyboy1 angel123 angelica friends1 friendship blink182 slipknot metallica "
    "metallica1 nirvana1 greenday eminem123 50cent123 hello123 hello1234 hello12345 hellohello helloworld "
    "hellokitty hellokitty1 goodluck goodmorning happy123 happyday happiness freedom1 freedom123 america1 "
    "america123 australia canada123 england1 germany1 london123 newyork1 california paris123 spring2024 spring2025 "
    "spring2026 summer123 summer2023 summer2024 summer2025 summer2026 autumn2024 autumn2025 winter123 winter2023 "
    "winter2024 winter2025 winter2026 january1 february september september1 november december december1 monday123 "
    "friday123 sunday123 orange123 banana123 apple123 cookie123 pepper123 ginger123 tiger123 killer123 hunter123 "
    "ranger123 buster123 tigger123 maggie123 bailey123 peanut123 purple123 yellow123 green123 silver123 golden123 "
    "diamond1 crystal1 phoenix1 thunder1 lightning raiders1 steelers cowboys1 yankees1 redsox123 lakers24 "
    "eagles123 packers1 marlboro budweiser heineken qwertyqwerty azerty123 azertyuiop motdepasse passwort "
    "passwort1 passwort123 hallo123 schatz123 contraseña contrasena senha123 senha1234 parola123 wachtwoord "
    "geheim123 letmeinnow openopen opensesame access14 accessdenied nopassword nopassword1 mypassword mypassword1 "
    "mypass123 thepassword newpassword newpassword1 newpass123 oldpassword yourpassword passwordpassword password! "
    "password1! password123! password@123 password@1 password2024 password2025 password2026 password11 password22 "
    "password99 password69 password7 password2 password3 password5 password9 password10 password13 password21 ";

std::unordered_set<std::string_view> words() {
  std::unordered_set<std::string_view> found;
  auto rest = kWords;
  while (!rest.empty()) {
    const auto end = rest.find(' ');
    found.insert(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return found;
}

}  // namespace

bool is_common_password(std::string_view nfkc_password) {
  static const auto common = words();
  return common.contains(base::header_form(nfkc_password));
}

}  // namespace highseas::api
