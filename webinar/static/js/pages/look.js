// The page "Look": the picker and the field say the same, and the preview shows the colour before it is saved.

const field = document.getElementById("brand_colour");
const picker = document.getElementById("colour-picker");
const sample = document.querySelector(".look-sample");
const COLOUR = /^#[0-9a-f]{6}$/i;

function show(colour) {
    if (colour && !COLOUR.test(colour)) return;
    if (colour) sample.style.setProperty("--brand", colour);
    else sample.style.removeProperty("--brand");
}

picker?.addEventListener("input", () => {
    field.value = picker.value;
    show(field.value);
});

field?.addEventListener("input", () => {
    const colour = field.value.trim();
    if (COLOUR.test(colour)) picker.value = colour;
    show(colour);
});
