//! Given names and the short forms that English speakers use for them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Each line is one set of names that may all be the same person. A name may be in several.
const SETS: &[&str] = &[
    "abigail abby gail",
    "abraham abe bram",
    "albert al bert bertie",
    "alexander alex al xander sandy alec",
    "alexandra alex sandra sandy lexi alexa",
    "alfred al fred alf alfie",
    "alice allie ally",
    "amanda mandy",
    "andrew andy drew",
    "angela angie",
    "anna ann anne annie nan",
    "annabelle anna belle bella",
    "anthony tony ant",
    "arthur art artie",
    "barbara barb babs barbie",
    "benjamin ben benny benji",
    "bernard bernie",
    "beverly bev",
    "bradley brad",
    "bridget biddy bridie",
    "brenda bren",
    "calvin cal",
    "cameron cam",
    "candace candy",
    "carol carrie caroline carolyn",
    "catherine katherine kathryn cathy kathy kate katie kat kitty kay katharine catharine",
    "cecilia cecily cissy celia",
    "charles charlie chuck chas chip",
    "charlotte lottie charlie",
    "christian chris",
    "christina christine chris tina chrissy christy kristina kristine kris",
    "christopher chris topher kit kris",
    "clarence clare",
    "clifford cliff",
    "constance connie",
    "cynthia cindy",
    "daniel dan danny",
    "danielle dani",
    "david dave davy davey",
    "deborah deb debbie debra debby",
    "dennis denny",
    "donald don donny donnie",
    "dorothy dot dottie dolly dorothea",
    "douglas doug",
    "edward ed eddie ned ted teddy",
    "edwin ed eddie",
    "eleanor ellie nell nora elena elinor",
    "elizabeth liz lizzie beth betty bess eliza elise lisa libby betsy lizbeth elisabeth",
    "emily em emmy millie",
    "emma em",
    "ernest ernie",
    "eugene gene",
    "evelyn eve evie",
    "florence flo flossie",
    "frances fran francie frankie fanny",
    "francis frank frankie fran",
    "franklin frank",
    "frederick fred freddy freddie",
    "gabriel gabe",
    "gabrielle gabby",
    "george georgie",
    "gerald gerry jerry",
    "gilbert gil bert",
    "gregory greg",
    "gwendolyn gwen",
    "harold hal harry",
    "harriet hattie",
    "helen nell nellie ellen",
    "henry hank harry hal",
    "herbert herb bert",
    "howard howie",
    "isaac ike",
    "isabella bella isabel izzy isabelle",
    "jacob jake",
    "jacqueline jackie",
    "james jim jimmy jamie jem",
    "jane janie jenny",
    "janet jan",
    "jason jay",
    "jeffrey jeff geoff geoffrey",
    "jennifer jen jenny jenn",
    "jeremiah jerry",
    "jeremy jerry",
    "jessica jess jessie",
    "joan joanie",
    "joanna jo joanne",
    "john jack johnny jon jonny",
    "jonathan jon nathan jonny",
    "joseph joe joey jos",
    "josephine jo josie",
    "joshua josh",
    "judith judy",
    "julia julie jules",
    "karen kari",
    "kenneth ken kenny",
    "kevin kev",
    "kimberly kim",
    "kristen kris kristin",
    "laura laurie lori",
    "lawrence larry laurence lars",
    "leonard leo len lenny",
    "leslie les",
    "lewis lou lew louis",
    "lillian lily lil",
    "linda lindy lynn",
    "louise lou",
    "lucille lucy lucinda",
    "madeline maddie maddy madeleine",
    "margaret maggie meg peggy marge margie greta rita daisy madge",
    "maria mary marie mia molly polly mamie",
    "martha marty patty",
    "martin marty",
    "matthew matt matty",
    "maxwell max",
    "melissa mel missy lissa",
    "mercedes mercy",
    "michael mike mick mickey mikey",
    "michelle shelly mickey",
    "mildred millie",
    "mitchell mitch",
    "nancy nan",
    "natalie nat",
    "nathaniel nathan nate nat",
    "nicholas nick nicky nico",
    "nicole nicky nikki",
    "norman norm",
    "oliver ollie",
    "olivia liv livvy",
    "pamela pam",
    "patricia pat patty trish tricia patsy",
    "patrick pat paddy",
    "penelope penny",
    "peter pete",
    "philip phil phillip pip",
    "phyllis phyl",
    "priscilla cilla",
    "rachel rae",
    "randall randy randolph",
    "raymond ray",
    "rebecca becky becca",
    "reginald reg reggie",
    "richard rick dick rich richie ricky",
    "robert bob rob bobby robbie bert",
    "roberta bobbie",
    "rodney rod",
    "roger rog",
    "ronald ron ronnie",
    "rosemary rose rosie",
    "roy leroy",
    "russell russ rusty",
    "samantha sam",
    "samuel sam sammy",
    "sandra sandy",
    "sarah sally sadie sara",
    "stanley stan",
    "stephanie steph",
    "stephen steve steven stevie",
    "stuart stu stewart",
    "susan sue susie suzanne suzy",
    "sylvia sylvie",
    "tabitha tabby",
    "teresa theresa terry tess tessa",
    "terence terry",
    "theodore ted teddy theo",
    "thomas tom tommy thom",
    "timothy tim timmy",
    "valerie val",
    "vanessa nessa",
    "veronica ronnie",
    "victor vic",
    "victoria vicky vickie tori",
    "vincent vince vinny",
    "virginia ginny ginger",
    "walter walt wally",
    "wesley wes",
    "wilfred will fred wilf",
    "william bill billy will willy liam willie wm",
    "winifred winnie",
    "yvonne vonnie",
    "zachary zach zack",
];

static SETS_OF: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut sets_of: HashMap<&str, Vec<u16>> = HashMap::new();
    for (set, names) in (0..).zip(SETS) {
        for name in names.split(' ') {
            sets_of.entry(name).or_default().push(set);
        }
    }
    sets_of
});

/// The sets that a folded given name is in, in order; none for most names.
pub(crate) fn sets_of(name: &str) -> &'static [u16] {
    SETS_OF.get(name).map_or(&[], Vec::as_slice)
}

/// Whether two folded given names are used for one person.
pub(crate) fn related(a: &str, b: &str) -> bool {
    let others = sets_of(b);
    sets_of(a).iter().any(|set| others.contains(set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_meet_their_names() {
        for (a, b, expected) in [
            ("bill", "william", true),
            ("william", "bill", true),
            ("bob", "robert", true),
            ("peggy", "margaret", true),
            ("alex", "alexandra", true),
            ("alexander", "alexandra", false),
            ("bill", "robert", false),
            ("xavier", "xavier", false),
            ("", "william", false),
        ] {
            assert_eq!(related(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn every_name_of_the_table_is_in_folded_form() {
        for set in SETS {
            assert_eq!(&cleave_core::normalise::name(set), set);
        }
    }
}
