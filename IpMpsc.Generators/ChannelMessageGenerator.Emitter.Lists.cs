using IpMpsc.Generators.Parsing;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>
    /// What a field of another message shows that is an array of this one. These cannot be one generic
    /// type of the runtime: before C# 13 a ref struct is no type argument. A message that has grown is
    /// never in an array, see <see cref="FieldTypes"/>.
    /// </content>
    private sealed partial class Emitter
    {
        private void EmitLists()
        {
            EmitList("Views", "View", "read", "new(_payloads[index], 1)");
            _source.Line();
            EmitList("Writers", "Writer", "written", "new(_payloads.Writable(index))");
        }

        private void EmitList(string list, string element, string use, string create) => _source.Line($$"""
            /// <summary>Several <see cref="{{message.TypeName}}"/> that are {{use}} in place.</summary>
            public readonly ref struct {{list}}
            {
                private readonly global::IpMpsc.Wire.WirePayloads _payloads;

                /// <summary>Gives access to an array in a payload.</summary>
                /// <param name="payloads">Where its elements lie.</param>
                public {{list}}(global::IpMpsc.Wire.WirePayloads payloads) => _payloads = payloads;

                /// <summary>How many there are.</summary>
                public int Count => _payloads.Count;

                /// <summary>One of them.</summary>
                /// <param name="index">Its index, from 0.</param>
                public {{element}} this[int index] => {{create}};

                /// <summary>Steps through all of them.</summary>
                public Enumerator GetEnumerator() => new(this);

                /// <summary>Steps from one to the next.</summary>
                public ref struct Enumerator
                {
                    private readonly {{list}} _list;
                    private int _index;

                    internal Enumerator({{list}} list)
                    {
                        _list = list;
                        _index = -1;
                    }

                    /// <summary>The one at hand.</summary>
                    public readonly {{element}} Current => _list[_index];

                    /// <summary>Goes on to the next one.</summary>
                    /// <returns>False behind the last one.</returns>
                    public bool MoveNext() => ++_index < _list.Count;
                }
            }
            """);
    }
}
