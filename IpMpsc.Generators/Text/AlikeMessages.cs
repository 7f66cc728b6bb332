using System;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Text;

/// <summary>The messages whose names are too much alike for what is named after them.</summary>
/// <param name="Files">Those that differ from another one in case alone.</param>
/// <param name="Companions">Those like a nested Outer.Inner and an Outer_Inner beside it.</param>
internal sealed record AlikeMessages(EquatableArray<string> Files, EquatableArray<string> Companions)
{
    public static AlikeMessages Among(ImmutableArray<MessageModel> messages) => new(
        AlikeNames.Find(messages.Select(message => (message.FullName, message.FullName)), StringComparer.OrdinalIgnoreCase),
        AlikeNames.Find(messages.Select(message => (message.FullName, $"{message.Namespace}.{message.CompanionPrefix}")), StringComparer.Ordinal));

    /// <summary>The name of the file of a message.</summary>
    public string FileOf(MessageModel message) => HintNames.Of(message.FullName, Files);

    /// <summary>The name of the class beside a message, which no type or namespace of the author has.</summary>
    public string CompanionOf(MessageModel message, EquatableArray<string> taken)
    {
        string name = message.CompanionPrefix + GeneratedNames.Companion + AlikeNames.Suffix(message.FullName, Companions);
        while (taken.Contains(name))
        {
            name += "_";
        }

        return name;
    }
}
