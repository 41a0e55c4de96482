// Inside another site's frame: tells the frame around how high the page is, so that nothing scrolls twice.

if (document.documentElement.classList.contains("embedded") && window.parent !== window) {
    const tell = () => {
        const height = Math.ceil(document.body.getBoundingClientRect().height);
        // A height is no secret, and which sites may frame the page is the policy's affair.
        window.parent.postMessage({ webinarHeight: height }, "*");
    };
    new ResizeObserver(tell).observe(document.body);
}
