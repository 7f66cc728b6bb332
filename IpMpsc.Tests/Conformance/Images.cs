using System.Runtime.CompilerServices;

namespace IpMpsc.Tests.Conformance;

/// <summary>Structs of many sizes, without padding.</summary>
internal static class Images
{
    [InlineArray(1)]
    internal struct Of1
    {
        private byte _first;
    }

    [InlineArray(63)]
    internal struct Of63
    {
        private byte _first;
    }

    [InlineArray(64)]
    internal struct Of64
    {
        private byte _first;
    }

    [InlineArray(65)]
    internal struct Of65
    {
        private byte _first;
    }

    [InlineArray(95)]
    internal struct Of95
    {
        private byte _first;
    }

    [InlineArray(96)]
    internal struct Of96
    {
        private byte _first;
    }

    [InlineArray(255)]
    internal struct Of255
    {
        private byte _first;
    }

    [InlineArray(256)]
    internal struct Of256
    {
        private byte _first;
    }

    [InlineArray(257)]
    internal struct Of257
    {
        private byte _first;
    }
}
