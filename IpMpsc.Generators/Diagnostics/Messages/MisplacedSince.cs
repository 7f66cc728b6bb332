using System;
using System.Collections.Generic;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A version of a field that does not fit those before it, or the version of the message.</summary>
internal sealed class MisplacedSince : MessageRule
{
    public const string Id = "IPM0011";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "New fields of a message stand behind all older ones",
        messageFormat: "Field '{0}' of '{1}' is marked as new in version {2}: {3}",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        ushort version = message.Identity.Version;
        ushort newest = FieldModel.FirstVersion;
        foreach (MessageMember member in message.Members)
        {
            if (Objection(member, newest, version) is { } objection)
            {
                yield return At(member.Symbol, member.Name, message.Name, member.Since, objection);
            }
            else
            {
                newest = member.Since;
            }
        }
    }

    private static string? Objection(MessageMember member, ushort newest, ushort version)
    {
        if (member.IsMarkedSince && member.Since <= FieldModel.FirstVersion)
        {
            return "fields of the first version are not marked; the first that can be added has version 2";
        }

        if (member.Since < newest)
        {
            return $"it must stand before the fields that are new in version {newest}";
        }

        return member.Since > Math.Max(version, FieldModel.FirstVersion)
            ? $"the message has version {version}; raise Version in its [ChannelMessage]"
            : null;
    }
}
