"""The commonest words of languages that people write in, as evidence that a text is language at all.

Four in ten words of running text are among the hundred commonest of its language, even when a third
of its letters were misread; of invented words almost none are. Words of one letter are left out.
"""

from __future__ import annotations

LATIN = {
    "eng": """
        the and to of you in is that it for we are your with have this be my on not but so all
        will was from they our at as had has who what when me can here there very dear love know
        think hope more if by an or one about their would been were him his her she he them
        which then than out up just like how now day time some into people could should much
        many good best wishes friend warm name write letter please these those us am do did only
        also any no yes too today life many years every never always sincerely
    """,
    "fra": """
        le la les de des du et en un une est que qui il elle nous vous je ne pas pour dans ce
        cette ces se sur au aux avec plus par mais sont votre vos mon ma mes ton ta tes son sa
        ses leur tout tous toute comme bien être avoir fait ici où si on ou ai as été était même
        aussi sans très cher chère bonjour tu te moi toi lui merci ami amis jour temps aux ils
        elles nos notre quand suis avez sommes ont deux dont vers peut
    """,
    "deu": """
        der die das und ich ist nicht ein eine zu in den mit du von es sie wir dass auf für dir
        sich im dem auch bei wie an so hat haben war aber sind dich mir mich als noch nach aus
        wenn um am ihr ihre ihnen einen einem einer kann mein meine dein deine euch uns unser
        unsere hier alle alles viel viele sehr liebe lieber grüße gut heute immer nur schon oder
        werden wird zum zur über wünsche
    """,
    "spa": """
        de la que el en y los las un una es no se por con para su tu te mi me lo le del al como
        más pero está estoy hay yo ella nos todo todos todas muy sus tus mis este esta aquí bien
        cuando también ya si ser son fue ha he querido querida amigo amiga hola gracias vida día
        días años cada desde sin sobre hasta porque donde quien usted ustedes nosotros abrazo
        espero tiene tienes
    """,
    "ita": """
        di che il la e non un una per in è con si da come lo le gli ti mi ci del della dei delle
        al alla nel nella ma più anche sono ho hai ha abbiamo sei questo questa tutto tutti tua
        tuo mia mio suo sua se quando cari caro cara ciao grazie bene oggi qui dove perché molto
        ogni anni giorno vita noi voi loro essere
    """,
    "por": """
        de que não um uma para com os as do da dos das em no na por mais mas como se seu sua meu
        minha você te ti me nos este esta isso muito muita bem quando também já foi são está
        estou ser ter tem tenho aqui todos tudo querido querida amigo olá obrigado dia dias anos
        vida cada sem sobre até pelo pela ele ela
    """,
    "nld": """
        de het een en van ik je dat is in niet op te zijn met voor aan er maar om ook als we wij
        jij jou jouw mijn hij zij ze die dit deze naar bij was heb hebben heeft kan zal worden
        wordt uit nog wel hier daar veel goed lieve beste dag groeten vandaag altijd alle alles
        over door ons onze haar hun of dan wat hoe
    """,
    "pol": """
        nie to się na jest że do co jak za ale tak po od czy już dla mnie mi ci cię jego jej ich
        nas was są był była być tylko jeszcze bardzo może kiedy gdy ten ta te tego tej też przez
        przy pod nad bo aby żeby drogi droga kochana kochany dzień dobry pozdrawiam serdecznie
        twój twoja mój moja wszystko życzę lat
    """,
    "tur": """
        bir ve bu için çok ne de da ben sen biz siz ki gibi ama daha en kadar olarak olan var
        yok değil her şey sana bana seni beni senin benim bizim sizin ile mi mı mu mü sonra önce
        şimdi iyi güzel gün sevgili sevgiler merhaba selam umarım olsun burada bugün zaman nasıl
        çünkü hep
    """,
    "ces": """
        je se na to že do si co jak za ale tak po od už pro mě mi ti tě jeho její jejich nás vás
        jsou jsem jsi jsme byl byla bylo být jen ještě moc velmi když ten ta té toho také přes
        při pod nad aby milá milý drahý dobrý den zdravím tvůj můj moje všechno přeji rok let
        kde nebo který která které ve ze pan dne
    """,
    "slk": """
        je sa na to že do si čo ako za ale tak po od už pre ma mi ti ťa jeho jej ich nás vás sú
        som si sme bol bola bolo byť len ešte veľmi keď ten tá tiež cez pri pod nad aby milá
        milý dobrý deň tvoj môj všetko
    """,
    "swe": """
        och att det som en är på för med den till av inte har jag du vi ni de han hon om men var
        ett dig mig min din kan så när från eller vill här alla mycket kära hej hälsningar dag
        hoppas också bara efter
    """,
    "dan": """
        og at det som en er på for med den til af ikke har jeg du vi de han hun om men var et
        dig mig min din kan så når fra eller vil her alle meget kære hej hilsen dag håber også
        bare efter til jer os
    """,
    "nob": """
        og at det som en er på for med den til av ikke har jeg du vi dere de han hun om men var
        et deg meg min din kan så når fra eller vil her alle veldig kjære hei hilsen dag håper
        også bare etter
    """,
    "fin": """
        ja on ei se että hän olen olet ovat oli mutta niin kun kuin myös sinä minä sinun minun
        me te he tämä mitä jos vain nyt hyvä hyvää kaikki paljon rakas terveisin hei toivon
        päivä täällä ole sen
    """,
    "hun": """
        az és hogy nem is egy ez azt van volt de már csak mint meg ha el én te mi ők minden
        nagyon jó kedves szia szeretettel itt most vagy vagyok vagyunk lesz legyen nap neked
        nekem
    """,
    "ron": """
        de și în la cu pe nu că este sunt un una din pentru mai ce care se te mă îți îmi am ai
        are dar sau când foarte bine draga dragă bună ziua toate tot aici acum noi voi lui ei
    """,
    "hrv": """
        je se na da to su za sam si smo ne što kako ali od po bio bila biti samo još kad ili jer
        sve vas nas mene tebe moj tvoj dragi draga dobar dan pozdrav ovaj ova vrlo gdje dok
    """,
    "ind": """
        yang dan di ini itu dengan untuk tidak dari dalam akan pada kami kita saya kamu anda
        adalah juga ke bisa ada semua sangat hari salam semoga sudah telah oleh sebagai lebih
        atau
    """,
    "cat": """
        de que la el en els les un una és no per amb del al com més però està tot tots molt aquí
        quan també ja si ser són estimat estimada hola gràcies vida dia cada des sense fins
        perquè
    """,
    "lat": "et in est non ad cum qui quod ut sed ab ex si per sunt hoc esse nec",
}
