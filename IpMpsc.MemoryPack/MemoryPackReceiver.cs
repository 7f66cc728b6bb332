using System.Diagnostics.CodeAnalysis;
using IpMpsc.Objects;

namespace IpMpsc.MemoryPack;

/// <summary>Opens receivers of objects in the format of MemoryPack.</summary>
public static class MemoryPackReceiver
{
    /// <summary>Creates a channel and becomes its receiver.</summary>
    /// <typeparam name="T">The type of the messages: any type that MemoryPack can serialize.</typeparam>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">How to create the channel.</param>
    /// <inheritdoc cref="ObjectReceiver{T}.Create" path="/exception" />
    public static ObjectReceiver<T> Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        string name, IpcChannelOptions? options = null) =>
        ObjectReceiver<T>.Create(name, MemoryPackFormat<T>.Default, options);

    /// <summary>Becomes the receiver of a channel that exists, and continues with the messages that it holds.</summary>
    /// <typeparam name="T">The type of the messages: any type that MemoryPack can serialize.</typeparam>
    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="options">What is expected of the channel; what is not set is not checked.</param>
    /// <inheritdoc cref="ObjectReceiver{T}.Open" path="/exception" />
    public static ObjectReceiver<T> Open<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        string name, IpcChannelOptions? options = null) =>
        ObjectReceiver<T>.Open(name, MemoryPackFormat<T>.Default, options);

    /// <summary>Becomes the receiver of a channel, and creates the channel if it does not exist.</summary>
    /// <inheritdoc cref="Open" path="/typeparam|/param|/exception" />
    public static ObjectReceiver<T> OpenOrCreate<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        string name, IpcChannelOptions? options = null) =>
        ObjectReceiver<T>.OpenOrCreate(name, MemoryPackFormat<T>.Default, options);

    /// <summary>Creates a channel in place of one that no process has open; its messages are lost.</summary>
    /// <inheritdoc cref="Create" path="/typeparam|/param" />
    /// <inheritdoc cref="ObjectReceiver{T}.Replace" path="/exception" />
    public static ObjectReceiver<T> Replace<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        string name, IpcChannelOptions? options = null) =>
        ObjectReceiver<T>.Replace(name, MemoryPackFormat<T>.Default, options);

    /// <summary>Creates a channel with a unique name, which is deleted when the receiver is disposed.</summary>
    /// <inheritdoc cref="Create" path="/typeparam|/param[@name='options']" />
    /// <inheritdoc cref="ObjectReceiver{T}.CreateTemporary" path="/exception" />
    public static ObjectReceiver<T> CreateTemporary<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        IpcChannelOptions? options = null) =>
        ObjectReceiver<T>.CreateTemporary(MemoryPackFormat<T>.Default, options);
}
