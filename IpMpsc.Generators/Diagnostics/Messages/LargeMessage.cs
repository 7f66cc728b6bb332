using System.Collections.Generic;
using System.Globalization;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>The fixed part of the message alone does not fit into a channel of the default capacity.</summary>
internal sealed class LargeMessage : MessageRule
{
    public const string Id = "IPM0021";

    /// <summary>What <c>IpcChannelOptions.Capacity</c> is unless it is set.</summary>
    private const int DefaultCapacity = 1 << 20;

    /// <summary>What every record has in front of its payload.</summary>
    private const int HeaderSize = 16;

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message is too large for a channel of the default capacity",
        messageFormat: "'{0}' takes {1} bytes, but a channel of the default capacity holds messages of up to {2}; "
            + "set IpcChannelOptions.Capacity to {3} or more, or send the bulk as ReadOnlyMemory<byte>",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (message.Layout is { Size: > DefaultCapacity - HeaderSize and var size })
        {
            long capacity = DefaultCapacity;
            while (capacity - HeaderSize < size)
            {
                capacity *= 2;
            }

            yield return At(
                message.Type, message.Name, Grouped(size), Grouped(DefaultCapacity - HeaderSize), Grouped(capacity));
        }
    }

    private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
