using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>Recognizes the types of the library by their names.</summary>
internal static class ChannelTypes
{
    public static HandleKind HandleKindOf(ITypeSymbol? type) => type switch
    {
        { MetadataName: "Claim`1" or "ByteClaim" } when IsOurs(type) => HandleKind.Claim,
        { MetadataName: "ReceivedMessage`1" or "ReceivedBytes" } when IsOurs(type) => HandleKind.Message,
        { Name: "Enumerator", ContainingType: { MetadataName: "ReceivedMessages`1" or "ReceivedByteMessages" } messages }
            when IsOurs(messages) => HandleKind.Enumerator,
        _ => HandleKind.None,
    };

    public static bool IsSender(ITypeSymbol? type) =>
        type is { MetadataName: "Sender`1" or "ExclusiveSender`1" or "ByteSender" } && IsOurs(type);

    /// <summary>Whether only one thread at a time may use it.</summary>
    public static bool IsForOneThread(ITypeSymbol? type) =>
        type is { MetadataName: "ExclusiveSender`1" or "Receiver`1" or "ByteReceiver" } && IsOurs(type);

    /// <summary>Whether it says how a channel is made.</summary>
    public static bool IsOptions(ITypeSymbol? type) => type is { Name: "ChannelOptions" } && IsOurs(type);

    /// <summary>Whether the method hands out a claim or a received message that its caller must end.</summary>
    public static bool HandsOut(IMethodSymbol method) =>
        method.Name is "Claim" or "TryClaim" or "ReceiveMessage" or "TryReceiveMessage" && IsOurs(method.ContainingType);

    /// <summary>Whether it is one of the generated methods that open a message or claim before C# 14.</summary>
    public static bool IsGeneratedAccess(IMethodSymbol method) =>
        method.Name is "View" or "Writer"
        && method.ContainingType?.Name.Contains("_ChannelAccess") == true; // A number may follow.

    private static bool IsOurs(ITypeSymbol? type) =>
        type is { ContainingNamespace: { Name: "IpMpsc", ContainingNamespace.IsGlobalNamespace: true } };
}
