"""Invented people: 80 first names by 50 last names are 4,000, no two alike."""

FIRST = """Aaliyah Abdul Ada Aisha Alex Alice Amara Amir Amy Ana Anil Anna Asha Ayo Beth Bilal Cara Carlos Chloe Clara Dai Dana David
Ebony Ela Emma Esi Eva Farah Fatima Femi Gita Grace Hana Hassan Helen Ian Ines Iqra Ivy Jade Jamal Jess Joy Kai Karen Khadija Kofi
Lara Leah Leila Liam Lola Lucy Maja Mark Mei Mina Nadia Naomi Nia Noor Ola Olga Omar Priya Rachel Rosa Ruth Sadia Sam Sara Sian Sofia
Tara Uma Wanda Yasmin Zara Zoe""".split()
LAST = """Abbott Adeyemi Ahmed Akhtar Ali Baker Begum Bennett Bianchi Brennan Chen Choudhury Clarke Cohen Dawson Edwards Fashola Foster
Georgiou Griffiths Haddad Hughes Hussain Ivanova Jackson Jones Kaur Khan Kowalski Lewis Mensah Mitchell Mohamed Murphy Nguyen Nwosu
Okafor Osei Owen Patel Popescu Rahman Reid Santos Shah Singh Taylor Walker Yilmaz Zhang""".split()
COUNT = len(FIRST) * len(LAST)


def person(number):
    """The name and the address of one of them; neighbours have different names."""
    first, last = FIRST[number % len(FIRST)], LAST[(number // len(FIRST) + number) % len(LAST)]
    return f"{first} {last}", f"{first}.{last}@people.example.org".lower()
