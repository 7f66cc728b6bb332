using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A class with members of many kinds.</summary>
[MemoryPackable]
public sealed partial class Person
{
    public string Name { get; set; } = "";

    public int? Age { get; set; }

    public List<string> Tags { get; set; } = [];

    public Dictionary<string, decimal> Accounts { get; set; } = [];

    public static Person Of(int number, int tags = 3) => new()
    {
        Name = $"Person {number} with an ä",
        Age = number % 2 == 0 ? null : number,
        Tags = [.. Enumerable.Range(0, tags).Select(tag => $"tag {number} {tag}")],
        Accounts = new() { ["one"] = number, ["two"] = -number / 3m },
    };

    public void RequireEqual(Person other)
    {
        Assert.That(Name, Is.EqualTo(other.Name));
        Assert.That(Age, Is.EqualTo(other.Age));
        Assert.That(Tags, Is.EqualTo(other.Tags));
        Assert.That(Accounts, Is.EquivalentTo(other.Accounts));
    }
}
