using System.Diagnostics.CodeAnalysis;
using IpMpsc.Objects;

namespace IpMpsc.MemoryPack;

/// <summary>Opens senders of objects in the format of MemoryPack.</summary>
public static class MemoryPackSender
{
    /// <summary>Opens a channel that exists.</summary>
    /// <typeparam name="T">The type of the messages: any type that MemoryPack can serialize.</typeparam>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">What is expected of the channel; what is not set is not checked.</param>
    /// <inheritdoc cref="ObjectSender{T}.Open" path="/exception" />
    public static ObjectSender<T> Open<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        string name, IpcChannelOptions? options = null) =>
        ObjectSender<T>.Open(name, MemoryPackFormat<T>.Default, options);

    /// <summary>Opens a channel, or creates it if it does not exist, so that it does not matter which side starts first.</summary>
    /// <inheritdoc cref="Open" path="/typeparam|/param|/exception" />
    public static ObjectSender<T> OpenOrCreate<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        string name, IpcChannelOptions? options = null) =>
        ObjectSender<T>.OpenOrCreate(name, MemoryPackFormat<T>.Default, options);
}
