using IpMpsc.Schemas;

namespace IpMpsc.Tool.Headers;

/// <content>Views: messages with variable fields, read in place.</content>
internal sealed partial class CHeader
{
    private void WriteView(string name, List<(SchemaField Field, string Name)> members, string sizeIn)
    {
        _code.Add(
            $$"""

            /* A message that is read where it lies. It is valid as long as its payload. */
            typedef struct {{name}}_view { const uint8_t *payload; uint32_t length; uint16_t version; } {{name}}_view;

            /* Begins to read a message; false if it is shorter than its fixed block. */
            static inline bool {{name}}_view_of({{name}}_view *view, const void *payload, uint32_t length, uint16_t version)
            {
                view->payload = (const uint8_t *)payload;
                view->length = length;
                view->version = version;
                return length >= ({{sizeIn}});
            }
            """);
        foreach ((SchemaField field, string member) in members)
        {
            _code.Add();
            WriteGetter(name, field, member);
        }
    }

    private void WriteGetter(string name, SchemaField field, string member)
    {
        SchemaType type = field.Type;
        string view = $"const {name}_view *view";
        string at = $"offsetof({name}_block, {member})";
        string isUnknown = field.Since > 1 ? Text($"view->version < {field.Since}") : "";
        if (CTypes.IsSingle(type))
        {
            string declared = _types.Declare(type, "value");
            bool isBool = type.Kind == SchemaKind.Bool;
            _code.Add(
                $$"""
                static inline {{(isBool ? "bool" : declared[..^" value".Length])}} {{name}}_get_{{member}}({{view}})
                {
                    {{declared}};
                {{Copy("&value", "sizeof value")}}
                    return value{{(isBool ? " != 0" : "")}};
                }
                """);
        }
        else if (type.Kind == SchemaKind.Nullable && CTypes.IsPlain(type.Element!))
        {
            _code.Add(
                $$"""
                /* False if it is null. */
                static inline bool {{name}}_get_{{member}}({{view}}, {{_types.Declare(type.Element!, "*value")}})
                {
                    {{_types.Declare(type, "slot")}};
                {{Copy("&slot", "sizeof slot")}}
                    memcpy(value, &slot.value, sizeof *value);
                    return slot.has_value != 0;
                }
                """);
        }
        else if (!type.IsRange)
        {
            _code.Add(
                $$"""
                static inline void {{name}}_get_{{member}}({{view}}, {{Bare(_types.Declare(type, "*value"))}})
                {
                {{Copy("value", "sizeof *value")}}
                }
                """);
        }
        else if (CTypes.IsText(type))
        {
            WriteRangeGetter("ipmpsc_text *value", "value->data = NULL;\n    value->length = 0;", "1, 1",
                $"{HasValue(type, "value->data = (const char *)view->payload + range.offset;")}\n    value->length = range.length;");
        }
        else if (type.Kind == SchemaKind.Message)
        {
            WriteRangeGetter($"{_types.NameOf(type)}_view *value", "uint16_t version;\n    memset(value, 0, sizeof *value); /* Its payload is NULL if there is none. */",
                Text($"{type.DataAlignment}, 1"), $"if (range.offset == 0) {{\n        return true;\n    }}\n\n    {ViewOfRange(type, "value")}");
        }
        else if (CTypes.IsList(type))
        {
            WriteRangeGetter("uint32_t *count", "*count = 0;", "4, sizeof(ipmpsc_range)", "*count = range.length / (uint32_t)sizeof(ipmpsc_range);");
            WriteElementGetter();
        }
        else
        {
            WriteRangeGetter($"{_types.DeclareItems(type, "**items")}, uint32_t *count", "*items = NULL;\n    *count = 0;",
                Text($"{type.DataAlignment}, {CTypes.ItemSize(type)}"),
                $"{HasValue(type, $"*items = ({_types.DeclareItems(type, "*")})(const void *)(view->payload + range.offset);")}\n" +
                Text($"    *count = range.length / {CTypes.ItemSize(type)};"));
        }

        string Copy(string to, string size) => isUnknown.Length == 0
            ? $"    memcpy({to}, view->payload + {at}, {size});"
            : $"    memset({to}, 0, {size});\n    if (!({isUnknown})) {{\n        memcpy({to}, view->payload + {at}, {size});\n    }}\n";

        void WriteRangeGetter(string parameters, string clear, string shape, string found)
        {
            string guard = isUnknown.Length == 0 ? "" : $"\n    if ({isUnknown}) {{\n        return true;\n    }}\n";
            _code.Add(
                $$"""
                /* {{type}}: false if its range is not within the message. */
                static inline bool {{name}}_get_{{member}}({{view}}, {{parameters}})
                {
                    ipmpsc_range range;
                    {{clear}}{{guard}}
                    if (!ipmpsc_find(view->payload, view->length, {{at}}, {{shape}}, &range)) {
                        return false;
                    }

                    {{found}}{{(found.EndsWith(')') || found.EndsWith("true;") || found.Contains("_view_of(", StringComparison.Ordinal) ? "" : "\n    return true;")}}
                }
                """);
        }

        void WriteElementGetter()
        {
            SchemaType element = type.Element!;
            _code.Add(
                $$"""

                static inline bool {{name}}_get_{{member}}_at({{view}}, uint32_t index, {{_types.NameOf(element)}}_view *value)
                {
                    ipmpsc_range list;
                    ipmpsc_range range;
                    uint16_t version;
                    memset(value, 0, sizeof *value);
                    if ({{(isUnknown.Length == 0 ? "" : $"{isUnknown} || ")}}!ipmpsc_find(view->payload, view->length, {{at}}, 4, sizeof(ipmpsc_range), &list)
                        || index >= list.length / sizeof(ipmpsc_range)
                        || !ipmpsc_find(view->payload, view->length, list.offset + index * sizeof(ipmpsc_range), {{element.DataAlignment}}, 1, &range)) {
                        return false;
                    }

                    if (range.offset == 0) {
                        return true;
                    }

                    {{ViewOfRange(element, "value")}}
                }
                """);
        }

        string ViewOfRange(SchemaType of, string value) =>
            $"return ipmpsc_version(view->payload, &range, &version) && {_types.NameOf(of)}_view_of({value}, view->payload + range.offset, range.length, version);";
    }

    /// <summary>For a nullable field, only if there is a value.</summary>
    private static string HasValue(SchemaType type, string statement) =>
        type.IsNullable ? $"if (range.offset != 0) {{\n        {statement}\n    }}\n" : statement;

    /// <summary>A declaration for a parameter, where alignment may not be asked for.</summary>
    private static string Bare(string declaration) =>
        declaration.StartsWith("IPMPSC_ALIGN", StringComparison.Ordinal) ? declaration[(declaration.IndexOf(')') + 2)..] : declaration;
}
