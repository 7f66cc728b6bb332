using System;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>Recognizes the types of the library by their names.</summary>
internal static class ChannelTypes
{
    public static HandleKind HandleKindOf(ITypeSymbol? type) => type switch
    {
        { MetadataName: "Claim`1" or "ByteClaim" } when IsOurs(type) => HandleKind.Claim,
        { MetadataName: "ReceivedMessage`1" or "ReceivedBytes" or "ReceivedRecord" } when IsOurs(type) => HandleKind.Message,
        { MetadataName: "HeldMessage`1" or "HeldBytes" or "HeldRecord" } when IsOurs(type) => HandleKind.Held,
        { Name: "HeldMessage", ContainingType: { } protocol } when IsProtocol(protocol) => HandleKind.Held,
        { Name: "Message", IsRefLikeType: true, ContainingType: { } protocol } when IsProtocol(protocol) => HandleKind.Message,
        { Name: "Enumerator", ContainingType: { MetadataName: "ReceivedMessages`1" or "ReceivedByteMessages" } messages }
            when IsOurs(messages) => HandleKind.Enumerator,
        _ => HandleKind.None,
    };

    public static bool IsSender(ITypeSymbol? type) =>
        (type is { MetadataName: "Sender`1" or "ExclusiveSender`1" or "ByteSender" or "ExclusiveByteSender" or "RecordSender" } && IsOurs(type))
        || (type is { MetadataName: "ObjectSender`1" } && IsForObjects(type))
        || IsSenderOfProtocol(type);

    public static bool IsReceiver(ITypeSymbol? type) =>
        (type is { MetadataName: "Receiver`1" or "ByteReceiver" or "RecordReceiver" } && IsOurs(type))
        || (type is { MetadataName: "ObjectReceiver`1" } && IsForObjects(type))
        || IsReceiverOfProtocol(type);

    public static bool IsExclusiveSender(ITypeSymbol? type) =>
        (type is { MetadataName: "ExclusiveSender`1" or "ExclusiveByteSender" } && IsOurs(type))
        || IsExclusiveSenderOfProtocol(type);

    /// <summary>Whether only one thread at a time may use it.</summary>
    public static bool IsForOneThread(ITypeSymbol? type) => IsReceiver(type) || IsExclusiveSender(type);

    /// <summary>Whether it holds the settings of a channel.</summary>
    public static bool IsOptions(ITypeSymbol? type) => type is { Name: "IpcChannelOptions" } && IsOurs(type);

    /// <summary>Whether the method hands out a claim or a received message that its caller must end.</summary>
    public static bool HandsOut(IMethodSymbol method) => method.Name switch
    {
        "Claim" or "TryClaim" or "ReceiveInPlace" or "TryReceiveInPlace" or "ReceiveRecord" or "TryReceiveRecord"
            or "Hold" or "TryHold" or "HoldAsync"
            when IsOurs(method.ContainingType) => true,
        "Receive" or "TryReceive" or "Hold" or "TryHold" or "HoldAsync" => IsReceiverOfProtocol(method.ContainingType),
        string name => (name.StartsWith("Claim", StringComparison.Ordinal) || name.StartsWith("TryClaim", StringComparison.Ordinal))
            && IsSenderOfProtocol(method.ContainingType),
    };

    /// <summary>Whether the method takes messages from the channel.</summary>
    public static bool Receives(IMethodSymbol method) =>
        BeginsWithAny(method, "Receive", "TryReceive", "Hold", "TryHold", "Drain", "ReadAll") && IsReceiver(method.ContainingType);

    /// <summary>Whether the method claims room in the ring, for a message of its own or for its caller.</summary>
    public static bool Sends(IMethodSymbol method) =>
        BeginsWithAny(method, "Send", "TrySend", "Claim", "TryClaim") && IsSender(method.ContainingType);

    /// <summary>Whether the calling thread waits in the method until there is room.</summary>
    public static bool WaitsForRoom(IMethodSymbol method) =>
        Sends(method) && BeginsWithAny(method, "Send", "Claim") && !method.Name.EndsWith("Async", StringComparison.Ordinal);

    /// <summary>Whether it is one of the generated methods that open a message or claim before C# 14.</summary>
    public static bool IsGeneratedAccess(IMethodSymbol method) =>
        method.Name is "View" or "Writer"
        && method.ContainingType?.Name.Contains("_ChannelAccess") == true; // A number may follow.

    private static bool BeginsWithAny(IMethodSymbol method, params string[] beginnings) =>
        Array.Exists(beginnings, beginning => method.Name.StartsWith(beginning, StringComparison.Ordinal));

    // The generated types of a protocol are the consumer's own. Their base class tells what they are, and has some of their methods.
    private static bool IsSenderOfProtocol(ITypeSymbol? type) => IsExclusiveSenderOfProtocol(type) || IsOrExtends(type, "ProtocolSender");

    private static bool IsExclusiveSenderOfProtocol(ITypeSymbol? type) => IsOrExtends(type, "ExclusiveProtocolSender");

    private static bool IsReceiverOfProtocol(ITypeSymbol? type) => IsOrExtends(type, "ProtocolReceiver");

    private static bool IsOrExtends(ITypeSymbol? type, string common) =>
        (type?.Name == common && IsForGeneratedCode(type)) || (type?.BaseType?.Name == common && IsForGeneratedCode(type.BaseType));

    private static bool IsProtocol(INamedTypeSymbol type) => type.FindAttribute(KnownNames.ChannelProtocol) is not null;

    private static bool IsOurs(ITypeSymbol? type) =>
        type is { ContainingNamespace: { Name: "IpMpsc", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool IsForObjects(ITypeSymbol type) => IsWithin(type, "Objects");

    /// <summary>Whether it is a type of the library that only generated code names.</summary>
    private static bool IsForGeneratedCode(ITypeSymbol type) => IsWithin(type, "Generated");

    private static bool IsWithin(ITypeSymbol type, string space) =>
        type.ContainingNamespace is { ContainingNamespace: { Name: "IpMpsc", ContainingNamespace.IsGlobalNamespace: true } } inner
        && inner.Name == space;
}
